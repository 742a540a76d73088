import type { Score } from '../../harness/model/metric.ts';
import { clusterBootstrap } from '../statistics/bootstrap.ts';
import { kaplanMeier } from '../statistics/km.ts';
import { exactDose, psychometric, type Psychometric, type Trial } from '../statistics/psychometric.ts';
import type { Interval } from '../statistics/rates.ts';

/** Rounds of the bootstrap: a curve is fitted in each. */
const ROUNDS = 400;
/** Any number does: the same observations must give the same interval. */
const SEED = 1;
/** The share of pauses cut into that a tradeoff is made at. */
const TOLERATED = 0.1;

const trialsOf = (scores: readonly Score[]): readonly Trial[] =>
  scores.flatMap(({ dose, value }) => (dose === undefined ? [] : [{ dose, hit: value }]));

/** Lengths grow by factors, levels by steps: a curve with only positive doses is fitted over their logarithm. */
const scaleOf = (trials: readonly Trial[]): 'linear' | 'log' =>
  trials.every(({ dose }) => dose > 0) ? 'log' : 'linear';

/** The curve fitted to observations over their doses. Undefined without a dose. */
export function curveOf(scores: readonly Score[]): Psychometric | undefined {
  const trials = trialsOf(scores);
  return trials.length === 0 ? undefined : psychometric(trials, scaleOf(trials));
}

/** The dose at which observations reach the share `p`; Infinity: at none, -Infinity: at every one. Undefined without a dose. */
export const doseAt = (scores: readonly Score[], p: number): number | undefined => curveOf(scores)?.doseAt(p);

/**
 * 95 % interval of that dose: a bootstrap over calls, which is believed only within the doses that were tried. Beyond
 * them, what exact limits of the shares above and below a dose allow; Infinity and -Infinity where even those are open.
 */
export function doseInterval(byCall: readonly (readonly Score[])[], p: number): Interval {
  const trials = trialsOf(byCall.flat());
  const doses = trials.map(({ dose }) => dose);
  const [least, most] = [Math.min(...doses), Math.max(...doses)];
  const exact = exactDose(trials, p);
  const scale = scaleOf(trials);
  // A resample in which nothing, or everything, happened puts the dose beyond all that were tried.
  const statistic = (sample: readonly Trial[]): number =>
    Math.min(Math.max(psychometric(sample, scale).doseAt(p), least - 1), most + 1);
  const seen = clusterBootstrap(byCall.map(trialsOf), statistic, { seed: SEED, rounds: ROUNDS, confidence: 0.95 });
  const low = seen && byCall.length > 1 && seen.low >= least && seen.low <= most ? seen.low : exact.low;
  const high = seen && byCall.length > 1 && seen.high >= least && seen.high <= most ? seen.high : exact.high;
  return { low, high };
}

/**
 * Median latency minus the pause that is tolerated at 10 %. An agent never seen to cut in is credited with the longest
 * pause it was shown, no more. Undefined while one of the two is missing.
 */
export function tradeoff(scores: readonly Score[]): number | undefined {
  const latency = kaplanMeier(scores.filter(({ dose }) => dose === undefined)).quantile(0.5);
  const tolerated = doseAt(scores, TOLERATED);
  if (latency === undefined || tolerated === undefined) return undefined;
  return latency - Math.min(Math.max(tolerated, 0), longest(scores));
}

/** Its interval: of either part at its worst and at its best, which is wider than 95 % rather than narrower. */
export function tradeoffInterval(byCall: readonly (readonly Score[])[], effect: number): Interval {
  const scores = byCall.flat();
  const latency = kaplanMeier(scores.filter(({ dose }) => dose === undefined)).interval(0.5, 0.95, effect);
  const tolerated = doseInterval(
    byCall.map((call) => call.filter(({ dose }) => dose !== undefined)).filter(({ length }) => length > 0),
    TOLERATED,
  );
  return {
    low: latency.low - Math.min(tolerated.high, longest(scores)),
    high: latency.high - Math.max(tolerated.low, 0),
  };
}

const longest = (scores: readonly Score[]): number => Math.max(...scores.flatMap(({ dose }) => dose ?? []));
