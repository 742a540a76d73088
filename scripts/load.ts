// How many calls at once the reference agent bears on this machine: `node scripts/load.ts [calls a level] [levels]`
// (default 16 calls at 1, 4, 8, 12 and 16 at once), over SIP in real time. Prints a row a level, and the number of calls
// at which the 95th percentile of the reply's latency is 20 % worse than with one. Nothing else should run meanwhile.
import { join } from 'node:path';
import { realClock } from '../harness/clock/real.ts';
import { defineSuite } from '../harness/model/suite.ts';
import { perform } from '../harness/run/perform.ts';
import { plansOf } from '../harness/run/plans.ts';
import { progressTo } from '../harness/run/progress.ts';
import type { RunReport } from '../reports/report.ts';

const WORSE = 1.2;
const [callsALevel = '16', levels = '1,4,8,12,16'] = process.argv.slice(2);

/** Half of the calls book and wait for their turn, half ask and barge in: replies and stops. */
function suiteOf(calls: number) {
  const trials = Math.max(1, Math.round(calls / 2));
  return defineSuite({
    name: 'load',
    target: 'reference',
    line: 'sip',
    seed: 5,
    calls: [
      { persona: 'plain-paula', scenario: 'book-cleaning', trials },
      { persona: 'hasty-helen', scenario: 'price-and-hours', trials },
    ],
    metronome: 0,
    jobs: 1,
    gates: [],
    allow: [],
  });
}

/** Every level places the same calls, as often as it takes to fill its places. */
async function atLevel(jobs: number): Promise<RunReport> {
  const suite = { ...suiteOf(Math.max(Number(callsALevel), jobs)), jobs };
  const plans = await plansOf({ suite, beside: undefined }, { seed: undefined, trials: undefined, only: undefined });
  return perform({
    suite,
    seed: suite.seed,
    venue: { target: 'reference', line: 'sip', time: 'real', faults: [], earWorkers: 2, allow: [] },
    beside: undefined,
    plans,
    out: join('runs', `load-${jobs}-at-once`),
    jobs,
    maxMinutes: undefined,
    signal: new AbortController().signal,
    progress: progressTo(process.stderr),
  });
}

const inMs = (value: number | undefined): string => (value === undefined ? '-' : `${Math.round(value)}`).padStart(8);
const watch = realClock();
const begun = watch.now();
const rows: { readonly jobs: number; readonly p95: number | undefined }[] = [];
console.log('at once   calls  invalid  replies     p50     p95  stops  stop p95   (ms; p95 needs 72 observations)');
for (const level of levels.split(',').map(Number)) {
  const { calls, metrics } = await atLevel(level);
  const { turn_latency: turns, stop_time: stops } = metrics;
  const invalid = calls.filter(({ outcome }) => outcome === 'invalid').length;
  const counts = [calls.length, invalid, turns?.n ?? 0].map((count) => `${count}`.padStart(8));
  console.log(
    `${`${level}`.padStart(7)}${counts.join(' ')}${inMs(turns?.p50)}${inMs(turns?.p95)}${`${stops?.n ?? 0}`.padStart(7)}${inMs(stops?.p95)}`,
  );
  rows.push({ jobs: level, p95: turns?.p95 });
}
console.log(`${Math.round((watch.now() - begun) / 1000)} s`);

const alone = rows[0]?.p95;
const worse = alone === undefined ? undefined : rows.find(({ p95 }) => p95 !== undefined && p95 > WORSE * alone);
if (alone === undefined) console.log('too few replies for a 95th percentile with one call at once: ask for more calls');
else if (worse)
  console.log(`the 95th percentile is more than 20 % worse than with one call from ${worse.jobs} at once on`);
else console.log(`the 95th percentile is never 20 % worse than with one call, up to ${rows.at(-1)?.jobs} at once`);
process.exit(0);
