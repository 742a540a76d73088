import { resolve } from 'node:path';
import { several } from '../../../reports/words.ts';
import { removable, remove, runsIn, sizeOf } from '../../run/prune.ts';
import { RUNS } from '../common.ts';
import { text, wholeNumber } from '../numbers.ts';

/** Runs of a series that stay when nobody says how many. */
const KEEP = 10;

/** `hangup prune`: says which stored runs would go, and with `--yes` removes them. */
export async function run(_args: unknown, options: Record<string, unknown>): Promise<number> {
  const out = resolve(text(options, 'out') ?? RUNS);
  const keep = wholeNumber(options, 'keep', '--keep');
  const olderDays = wholeNumber(options, 'older', '--older', 0);
  const what = options['audio'] === true ? 'audio' : 'runs';
  // Who names an age alone means it.
  const found = removable(runsIn(out), { keep: keep ?? (olderDays === undefined ? KEEP : 1), olderDays });
  const runs = found.map((each) => ({ each, bytes: sizeOf(out, each, what) })).filter(({ bytes }) => bytes > 0);
  for (const { each, bytes } of runs) process.stdout.write(`${each.manifest.id}  ${inMegabytes(bytes)}\n`);
  const total = runs.reduce((sum, { bytes }) => sum + bytes, 0);
  const these = `${what === 'audio' ? 'the recordings of ' : ''}${several(runs.length, 'run')}, ${inMegabytes(total)}`;
  if (runs.length === 0) {
    process.stdout.write('nothing to remove: the last run of a suite and agent, and every baseline, stay\n');
  } else if (options['yes'] === true) {
    await remove(
      out,
      runs.map(({ each }) => each),
      what,
    );
    process.stdout.write(`removed ${these}\n`);
  } else {
    process.stdout.write(`would remove ${these}; with --yes it does\n`);
  }
  return 0;
}

const inMegabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
