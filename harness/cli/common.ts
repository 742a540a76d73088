import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { jsonReport } from '../../reports/json.ts';
import type { RunReport } from '../../reports/report.ts';
import { textReport } from '../../reports/text.ts';
import { UsageError } from '../model/errors.ts';
import { EXIT, exitOf } from './exit.ts';
import { harmless } from './outputs.ts';

/** Where runs are kept unless `--out` says otherwise. */
export const RUNS = 'runs';

/** The folder of the suite in this folder, whose own measures count; undefined where there is none. */
export const besideHere = (): string | undefined => (existsSync('hangup.config.ts') ? process.cwd() : undefined);

/** Prints a run's result on stdout and gives its exit code. */
export function finish(report: RunReport, asJson: boolean, interrupted: boolean): number {
  process.stdout.write(asJson ? `${JSON.stringify(jsonReport(report))}\n` : harmless(`\n${textReport(report)}\n`));
  if (!interrupted) return exitOf(report.verdict);
  process.stderr.write(`interrupted; go on with: hangup run --resume ${report.paths.run}\n`);
  return EXIT.interrupted;
}

/** Ctrl-C as a signal: calls in progress are hung up, finished ones stay. A second ctrl-C ends the program at once. */
export function interruption(): { readonly signal: AbortSignal; stop(): void } {
  const asked = new AbortController();
  const onSignal = (): void => {
    if (asked.signal.aborted) process.exit(EXIT.interrupted);
    process.stderr.write('\nhanging up; press ctrl-C again to stop at once\n');
    asked.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return {
    signal: asked.signal,
    stop: () => {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
    },
  };
}

/** The folder of a run: as named, or by its id under `runs`, or the newest there. */
export function runFolder(named: string | undefined, out = RUNS): string {
  if (named !== undefined) {
    const found = [named, join(out, named)].find((folder) => existsSync(join(folder, 'manifest.json')));
    if (found !== undefined) return resolve(found);
    throw new UsageError(`there is no run ${named}; name a folder that holds a manifest.json, e.g. one under ${out}/`);
  }
  const newest = existsSync(out)
    ? readdirSync(out)
        .filter((name) => existsSync(join(out, name, 'manifest.json')))
        .sort((a, b) => stamp(a).localeCompare(stamp(b)))
        .at(-1)
    : undefined;
  if (newest === undefined) throw new UsageError(`there is no run under ${out}/ yet; make one with: hangup run demo`);
  return resolve(out, newest);
}

/** The date and time in a run's id. */
const stamp = (id: string): string => /\d{8}-\d{6}/.exec(id)?.[0] ?? '';
