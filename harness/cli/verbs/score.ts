import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { UsageError } from '../../model/errors.ts';
import { callFolder, readManifest } from '../../run/journal.ts';
import { remeasure } from '../../run/measure.ts';
import type { Instruments } from '../../run/measure.ts';
import { progressTo } from '../../run/progress.ts';
import { isStored, recordingSources } from '../../run/recording-paths.ts';
import { metrics } from '../../run/registry.ts';
import { keepInStore } from '../../run/store.ts';
import { storedReport } from '../../run/stored.ts';
import { speechRegions } from '../../speech/vad.ts';
import { besideHere, finish } from '../common.ts';
import { EXIT } from '../exit.ts';
import { printRecordings } from '../score-recordings.ts';

/** `hangup score PATH...`: scores stored runs again, or anyone's recordings, without calling anybody. */
export async function run(args: (string | string[] | undefined)[], options: Record<string, unknown>): Promise<number> {
  const paths = args[0] as string[];
  const caller = options['caller'] as string | undefined;
  const asJson = options['json'] === true;
  const runs = paths.filter(isStored);
  if (runs.length > 0 && runs.length < paths.length) {
    throw new UsageError('score takes runs or recordings, not both at once; call it twice');
  }
  if (runs.length > 0 && caller !== undefined) {
    throw new UsageError('--caller is for recordings; a stored call knows its caller');
  }
  const sources = runs.length > 0 ? [] : recordingSources(paths, caller);
  const tools: Instruments = { metrics: await metrics(besideHere()), regions: speechRegions };
  if (runs.length === 0) return printRecordings(sources, tools, asJson);
  const codes: number[] = [];
  for (const path of runs) codes.push(await scoreRun(resolve(path), tools, asJson));
  return Math.max(EXIT.pass, ...codes);
}

async function scoreRun(path: string, tools: Instruments, asJson: boolean): Promise<number> {
  // A call's folder stands for its run.
  const run = existsSync(join(path, 'events.jsonl')) ? dirname(dirname(path)) : path;
  const manifest = readManifest(run);
  const progress = progressTo(process.stderr);
  const measured = await remeasure(run, tools, (done, of) => progress.step(`scoring: ${done} of ${of} calls`));
  const report = storedReport(run, tools.metrics);
  await keepInStore(join(dirname(run), 'hangup.duckdb'), manifest, measured, report.calibration.rows);
  progress.note(`scores written below ${callFolder(run, '')}`);
  return finish(report, asJson, false);
}
