// How many calls at once the reference agent bears on this machine: `node scripts/load.ts [levels] [calls a level]`
// (default 1, 4, 8, 12 and 16 at once, over SIP in real time; about six minutes). Prints a row a level, the number of
// calls at which the 95th percentile of the reply's latency is 20 % worse than with one, what 8 at once cost, and how soon
// after it has answered the agent is heard. Nothing else should run meanwhile.
import { join } from 'node:path';
import { realClock } from '../harness/clock/real.ts';
import { defineSuite } from '../harness/model/suite.ts';
import { perform } from '../harness/run/perform.ts';
import { plansOf } from '../harness/run/plans.ts';
import { progressTo } from '../harness/run/progress.ts';
import type { RunReport } from '../reports/report.ts';

const WORSE = 1.2;
/** Fewer observations make no 95th percentile: what is printed of them is marked. */
const ENOUGH = 72;
/** The agent is to be heard this soon after it has answered, ms. */
const FIRST_WORD = 300;
/** The level that is promised, and the calls of a level: two for every place, so that they do not all go in step. */
const PROMISED = 8;
const LEAST = 3;
const MOST = 16;

const [levels = '1,4,8,12,16', callsALevel] = process.argv.slice(2);

const callsAt = (level: number): number =>
  callsALevel === undefined
    ? Math.max(LEAST, level, Math.min(2 * level, MOST))
    : Math.max(Number(callsALevel), level, 2);

/** Half of the calls wait for their turn, half barge in: replies and stops. */
const suiteOf = (calls: number, jobs: number) =>
  defineSuite({
    name: 'load',
    target: 'reference',
    line: 'sip',
    seed: 5,
    calls: [
      { persona: 'plain-paula', scenario: 'price-and-hours', trials: Math.ceil(calls / 2) },
      { persona: 'hasty-helen', scenario: 'price-and-hours', trials: Math.floor(calls / 2) },
    ],
    metronome: 0,
    jobs,
    gates: [],
    allow: [],
  });

async function atLevel(jobs: number): Promise<RunReport> {
  const suite = suiteOf(callsAt(jobs), jobs);
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

/** What was measured of `metric` in all calls that count, in rising order. A reply that never came is as late as it was waited for. */
const valuesOf = ({ calls }: RunReport, metric: string): readonly number[] =>
  calls
    .filter(({ outcome }) => outcome !== 'invalid')
    .flatMap(({ scores }) => scores.filter((score) => score.metric === metric).map(({ value }) => value))
    .toSorted((a, b) => a - b);

const share = (values: readonly number[], p: number): number | undefined =>
  values[Math.max(0, Math.ceil(p * values.length) - 1)];
const inMs = (value: number | undefined): string => (value === undefined ? '-' : `${Math.round(value)}`);
const p95Of = (values: readonly number[]): string =>
  `${values.length < ENOUGH ? '~' : ''}${inMs(share(values, 0.95))}`.padStart(8);
const cell = (text: string | number): string => `${text}`.padStart(8);

const watch = realClock();
const begun = watch.now();
const rows: { readonly level: number; readonly replies: readonly number[] }[] = [];
const answers: number[] = [];
console.log(
  'at once   calls invalid replies     p50     p95   stops     p95 answers     p95   (ms; ~ of fewer than 72)',
);
for (const level of levels.split(',').map(Number)) {
  const report = await atLevel(level);
  const invalid = report.calls.filter(({ outcome }) => outcome === 'invalid').length;
  const [replies, stops, answered] = [
    valuesOf(report, 'turn_latency'),
    valuesOf(report, 'stop_time'),
    valuesOf(report, 'answer_latency'),
  ];
  const cells = [report.calls.length, invalid, replies.length, inMs(share(replies, 0.5))].map(cell).join('');
  const rest = `${cell(stops.length)}${p95Of(stops)}${cell(answered.length)}${p95Of(answered)}`;
  console.log(`${`${level}`.padStart(7)}${cells}${p95Of(replies)}${rest}`);
  rows.push({ level, replies });
  answers.push(...answered);
}

const measured = rows.filter(({ replies }) => replies.length > 0);
const [first] = rows;
const alone = first && share(first.replies, 0.95);
const worse = (replies: readonly number[]): number => (share(replies, 0.95) ?? NaN) / (alone ?? NaN);
const compared = `than with ${first?.level ?? '-'} at once (${first?.replies.length ?? 0} replies)`;
const over = rows.find(({ replies }) => worse(replies) > WORSE);
if (alone === undefined) console.log('no reply was measured with the first level: nothing can be compared');
else if (over) console.log(`the 95th percentile is more than 20 % worse ${compared} from ${over.level} at once on`);
else console.log(`the 95th percentile is never 20 % worse ${compared}, up to ${measured.at(-1)?.level ?? '-'} at once`);
const lost = rows.filter(({ replies }) => replies.length === 0).map(({ level }) => level);
if (lost.length > 0)
  console.log(`no reply was measured with ${lost.join(', ')} at once: the machine was too busy to tell`);
const promised = rows.find(({ level }) => level === PROMISED);
if (promised && alone !== undefined) {
  const change = Math.round((worse(promised.replies) - 1) * 100);
  console.log(`${PROMISED} at once: p95 ${p95Of(promised.replies).trim()} ms, ${change} % above ${inMs(alone)} ms`);
}
answers.sort((a, b) => a - b);
const soon = answers.filter((value) => value < FIRST_WORD).length;
const [half, most] = [inMs(share(answers, 0.5)), p95Of(answers).trim()];
console.log(
  `answer to first word: p50 ${half} ms, p95 ${most} ms; ${soon} of ${answers.length} under ${FIRST_WORD} ms`,
);
console.log(`${Math.round((watch.now() - begun) / 1000)} s`);
process.exit(0);
