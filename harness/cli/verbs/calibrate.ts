import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { calibrate } from '../../run/calibrate.ts';
import type { Calibrated } from '../../run/calibrate.ts';
import { calibrationJson } from '../../run/calibrate-document.ts';
import { accuracyPage, calibratedText } from '../../run/calibrate-text.ts';
import { peerRows } from '../../run/peer-row.ts';
import { progressTo } from '../../run/progress.ts';
import { projectRoot } from '../../run/registry.ts';
import { interruption, RUNS } from '../common.ts';
import { EXIT, exitOf } from '../exit.ts';
import { text, wholeNumber } from '../numbers.ts';

/** Replies a cell, unless asked otherwise. */
const EVENTS = 100;
const JOBS = 16;

/** `hangup calibrate`: measures the instrument against the metronome and prints its accuracy table. */
export async function run(_args: unknown, options: Record<string, unknown>): Promise<number> {
  const only = text(options, 'only');
  const events = wholeNumber(options, 'events', '--events');
  const ctrlC = interruption();
  try {
    const done = await calibrate({
      only,
      events: events ?? EVENTS,
      seed: wholeNumber(options, 'seed', '--seed', 0) ?? 1,
      jobs: wholeNumber(options, 'jobs', '--jobs') ?? JOBS,
      out: resolve(text(options, 'out') ?? RUNS),
      signal: ctrlC.signal,
      progress: progressTo(process.stderr),
    });
    writePage(done, only === undefined && events === undefined && !ctrlC.signal.aborted);
    const printed = options['json'] === true ? calibrationJson(done) : `\n${calibratedText(done)}`;
    process.stdout.write(`${printed}\n`);
    return ctrlC.signal.aborted ? EXIT.interrupted : exitOf(done.verdict);
  } finally {
    ctrlC.stop();
  }
}

/** The page goes beside the calls; that of a whole calibration in a checkout also to metrics/. */
function writePage(done: Calibrated, whole: boolean): void {
  const page = accuracyPage(done, peerRows());
  writeFileSync(join(done.run, 'ACCURACY.md'), page);
  const kept = join(projectRoot, 'metrics', 'ACCURACY.md');
  if (whole && existsSync(join(projectRoot, '.git'))) writeFileSync(kept, page);
}
