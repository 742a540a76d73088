// What every line adds: the same calls to the metronome over each of them, measured minus programmed. The rows go into the
// store beside the calls as well. On a busy machine the figures of the real lines are its own, not theirs.
// `node scripts/lines-compare.ts [LINE...] [--events N] [--out DIR]`
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { compareLines } from '../harness/run/calibrate.ts';
import { progressTo } from '../harness/run/progress.ts';

const LINES = ['loopback', 'sip', 'webrtc', 'webrtc-browserlike', 'browser'];

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { events: { type: 'string', default: '40' }, out: { type: 'string', default: 'runs' } },
});
const done = await compareLines(positionals.length > 0 ? positionals : LINES, {
  only: undefined,
  events: Number(values.events),
  seed: 1,
  jobs: 1,
  out: resolve(values.out),
  signal: new AbortController().signal,
  progress: progressTo(process.stderr),
});
const ms = (value: number): string => value.toFixed(1);
const rows = done.calibration.rows.map(({ line, metric, n, missed, ...row }) => ({
  line,
  metric,
  n,
  missed,
  'adds, ms': ms(row.biasMs),
  'spread (SD)': ms(row.sdMs),
  'p50 |error|': ms(row.medianAbsMs),
  'p95 |error|': ms(row.p95AbsMs),
  'max |error|': ms(row.maxAbsMs),
}));
console.table(rows);
for (const { head, outcome, reason } of done.calls) {
  if (outcome === 'invalid')
    process.stdout.write(`${head.line}: ${head.id} is invalid: ${reason ?? 'no reason given'}\n`);
}
process.stdout.write(`${done.run}\n`);
