import type { Bound, Metric, Score } from '../../harness/model/metric.ts';
import { clusterBootstrap } from '../statistics/bootstrap.ts';
import { designEffect } from '../statistics/clusters.ts';
import { kaplanMeier } from '../statistics/km.ts';
import { leastFor, mayPrint } from '../statistics/quantile.ts';
import { beyondChance, differenceInterval, exactInterval } from '../statistics/rates.ts';
import { SHARE, statistic } from './bound.ts';
import { doseInterval, tradeoffInterval } from './curve.ts';

/** A value with its 95 % interval; Infinity: not reached. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly n: number;
  /** Why it must not be judged, in plain words. */
  readonly refused?: string;
  /** What chance alone did, when it was taken off. */
  readonly sham?: { readonly rate: number; readonly n: number };
}

/** Observations call by call: those of one call resemble each other. */
type ByCall = readonly (readonly Score[])[];

const ROUNDS = 2000;
/** Any number does: the same observations must give the same interval. */
const SEED = 1;

/** Fewer shams than this do not tell how often a wanted reaction comes by chance: they are shown beside it, and nothing is taken off. */
const ENOUGH_SHAMS = 10;

const totalOf = (scores: readonly Score[]): number => scores.reduce((sum, { value }) => sum + value, 0);

/** How much less the observations tell for coming in calls; `of` is the number they are averaged by. */
const effectOf = (byCall: ByCall, of: (score: Score) => number): number =>
  designEffect(byCall.map((scores) => scores.map(of)));

/**
 * The bound's statistic with its interval: exact for rates, Kaplan-Meier for percentiles (both widened by the design
 * effect of calls), a bootstrap over calls for means and curves, none for the worst value. From the rate of a reaction
 * nobody asked for, what shams of the same class show is taken off (Newcombe's interval); from a wanted one, once there are ten of them, what chance explains. Undefined when nothing was observed.
 */
export function estimate(
  bound: Bound,
  better: Metric['better'],
  byCall: ByCall,
  shams: readonly Score[],
): Estimate | undefined {
  const scores = byCall.flat();
  const value = statistic(bound, better, scores);
  if (value === undefined) return undefined;
  const n = scores.length;
  switch (bound.of) {
    case 'rate':
      if (better === 'lower') return shams.length > 0 ? excess(byCall, shams) : rate(byCall);
      return shams.length >= ENOUGH_SHAMS ? owed(byCall, shams) : rate(byCall);
    case 'p50':
      return { value, n, ...percentileInterval(byCall, 0.5, value) };
    case 'p95': {
      const refused = `a 95th percentile needs ${leastFor(0.95)} observations, there are ${n}`;
      return { value, n, ...percentileInterval(byCall, 0.95, value), ...(mayPrint(0.95, n) ? {} : { refused }) };
    }
    case 'mean':
      return { value, n, ...meanInterval(byCall, value) };
    case 'max':
      return { value, n, low: value, high: value };
    case 'at10':
    case 'at50':
      return { value, n, ...doseInterval(byCall, SHARE[bound.of]) };
    case 'difference':
      return { value, n, ...tradeoffInterval(byCall, 1) };
  }
}

/** Of whole calls, each by its sum and its number of observations: nothing else is needed of it. */
function meanInterval(byCall: ByCall, value: number): { readonly low: number; readonly high: number } {
  const calls = byCall.map((scores) => [{ sum: totalOf(scores), n: scores.length }]);
  const mean = (sample: readonly { readonly sum: number; readonly n: number }[]): number =>
    sample.reduce((sum, call) => sum + call.sum, 0) / sample.reduce((sum, call) => sum + call.n, 0);
  const interval = clusterBootstrap(calls, mean, { seed: SEED, rounds: ROUNDS, confidence: 0.95 });
  return { low: interval?.low ?? value, high: interval?.high ?? value };
}

/** A rate with Clopper and Pearson's interval, at the number of independent observations they amount to (Korn and Graubard 1998). */
export function rate(byCall: ByCall): Estimate {
  const scores = byCall.flat();
  const [hits, n] = [totalOf(scores), scores.length];
  const effect = effectOf(byCall, ({ value }) => value);
  return { value: hits / n, n, ...exactInterval(hits / effect, n / effect) };
}

/** A wanted reaction without what would have happened anyway: an utterance that was about to end is no yielding. */
function owed(byCall: ByCall, shams: readonly Score[]): Estimate {
  const scores = byCall.flat();
  const effect = effectOf(byCall, ({ value }) => value);
  const chance = { hits: totalOf(shams), trials: shams.length };
  const sham = { rate: chance.hits / chance.trials, n: chance.trials };
  const found = beyondChance({ hits: totalOf(scores) / effect, trials: scores.length / effect }, chance);
  if (found) return { ...found, n: scores.length, sham };
  return { ...rate(byCall), sham, refused: 'every sham showed the same: what the agent did for her cannot be told' };
}

function percentileInterval(byCall: ByCall, p: number, value: number): { readonly low: number; readonly high: number } {
  const effect = effectOf(byCall, (score) => (!score.censored && score.value <= value ? 1 : 0));
  return kaplanMeier(byCall.flat()).interval(p, 0.95, effect);
}

function excess(byCall: ByCall, shams: readonly Score[]): Estimate {
  const scores = byCall.flat();
  const effect = effectOf(byCall, ({ value }) => value);
  const real = { hits: totalOf(scores) / effect, trials: scores.length / effect };
  const sham = { hits: totalOf(shams), trials: shams.length };
  const difference = differenceInterval(real, sham);
  return { ...difference, n: scores.length, sham: { rate: sham.hits / sham.trials, n: sham.trials } };
}
