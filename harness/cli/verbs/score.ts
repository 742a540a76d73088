import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { jsonReport } from '../../../reports/json.ts';
import { makeReport } from '../../../reports/report.ts';
import { textReport } from '../../../reports/text.ts';
import { UsageError } from '../../model/errors.ts';
import type { RunManifest } from '../../model/run.ts';
import { callFolder, readManifest } from '../../run/journal.ts';
import { measure, remeasure } from '../../run/measure.ts';
import type { Instruments, Measured } from '../../run/measure.ts';
import { progressTo } from '../../run/progress.ts';
import { manifestOf } from '../../run/provenance.ts';
import { readRecording } from '../../run/recording.ts';
import type { Recording } from '../../run/recording.ts';
import { metrics } from '../../run/registry.ts';
import { keepInStore } from '../../run/store.ts';
import { storedReport } from '../../run/stored.ts';
import { speechRegions } from '../../speech/vad.ts';
import { defineSuite } from '../../model/suite.ts';
import { EXIT, exitOf } from '../exit.ts';
import { finish } from '../common.ts';

/** `hangup score PATH...`: scores stored runs again, or anyone's stereo recordings, without calling anybody. */
export async function run(args: (string | string[] | undefined)[], options: Record<string, unknown>): Promise<number> {
  const paths = (args[0] as string[]).map((path) => resolve(path));
  const tools: Instruments = { metrics: await metrics(), regions: speechRegions };
  const asJson = options['json'] === true;
  const recordings = paths.filter((path) => path.toLowerCase().endsWith('.wav'));
  const runs = paths.filter((path) => !recordings.includes(path));
  if (recordings.length > 0 && runs.length > 0) {
    throw new UsageError('score takes runs or recordings, not both at once; call it twice');
  }
  if (recordings.length > 0) return scoreRecordings(recordings, tools, asJson);
  const codes: number[] = [];
  for (const path of runs) codes.push(await scoreRun(path, tools, asJson));
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

async function scoreRecordings(paths: readonly string[], tools: Instruments, asJson: boolean): Promise<number> {
  const scored: { readonly recording: Recording; readonly measured: Measured }[] = [];
  for (const path of paths) {
    const recording = await readRecording(path, tools.regions);
    scored.push({ recording, measured: await measure(recording.record, tools) });
  }
  const calls = scored.map(({ measured }) => measured.scored);
  const report = makeReport(recordingsManifest(scored.map(({ recording }) => recording)), calls, tools.metrics, {
    run: dirname(paths[0] ?? '.'),
  });
  if (!asJson) {
    process.stdout.write(`${textReport(report)}\n`);
    return exitOf(report.verdict);
  }
  const document = jsonReport(report);
  const detailed = document.calls.map((call, index) => {
    const one = scored[index];
    return one ? { ...call, ...detailsOf(one.recording, one.measured) } : call;
  });
  process.stdout.write(`${JSON.stringify({ ...document, calls: detailed })}\n`);
  return exitOf(report.verdict);
}

function recordingsManifest(recordings: readonly Recording[]): RunManifest {
  const plans = recordings.map(({ record }) => record.plan);
  const suite = defineSuite({
    name: 'recordings',
    target: 'recorded',
    line: 'recording',
    seed: 0,
    calls: [],
    metronome: 0,
    jobs: 1,
    gates: [],
    allow: [],
  });
  const stage = { line: 'recording', time: 'real', target: basename(recordings[0]?.path ?? 'recording') } as const;
  return manifestOf({ suite, plans, seed: 0, faults: [] }, stage);
}

/** What is known of one recording, as `hangup score --json` documents it. */
function detailsOf(recording: Recording, { view }: Measured): object {
  return {
    path: recording.path,
    truth: recording.truth,
    turns: view.turns.map((turn) => ({
      callerEndMs: turn.callerEnd,
      ...(turn.reply
        ? {
            agentOnsetMs: turn.reply.onset,
            latencyMs: turn.reply.onset - turn.callerEnd,
            uMs: turn.reply.u.onset,
            outcome: 'replied',
          }
        : { outcome: turn.waitEnded }),
    })),
    stimuli: view.reactions.map(({ event, stop, into }) => ({
      kind: event.stimulus,
      onsetMs: event.onset,
      ...(stop === undefined ? {} : { stopMs: stop - event.onset }),
      yielded: stop !== undefined,
      uMs: into?.u.stop ?? 0,
    })),
  };
}
