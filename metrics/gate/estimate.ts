import type { Bound, Metric, Score } from '../../harness/model/metric.ts';
import { clusterBootstrap } from '../statistics/bootstrap.ts';
import { kaplanMeier } from '../statistics/km.ts';
import { leastFor, mayPrint } from '../statistics/quantile.ts';
import { differenceInterval, exactInterval } from '../statistics/rates.ts';
import { statistic } from './bound.ts';

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

const ROUNDS = 2000;
/** Any number does: the same observations must give the same interval. */
const SEED = 1;

const totalOf = (scores: readonly Score[]): number => scores.reduce((sum, { value }) => sum + value, 0);

/**
 * The bound's statistic with its interval: exact for rates, Kaplan-Meier for percentiles, a bootstrap over calls for
 * means, none for the worst value. From the rate of a reaction nobody asked for, what shams of the same class show is
 * taken off (Newcombe's interval). Undefined when nothing was observed.
 */
export function estimate(
  bound: Bound,
  better: Metric['better'],
  byCall: readonly (readonly Score[])[],
  shams: readonly Score[],
): Estimate | undefined {
  const scores = byCall.flat();
  const value = statistic(bound, better, scores);
  if (value === undefined) return undefined;
  const n = scores.length;
  switch (bound.of) {
    case 'rate':
      return better === 'lower' && shams.length > 0 ? excess(scores, shams) : rate(scores);
    case 'p50':
      return { value, n, ...kaplanMeier(scores).interval(0.5) };
    case 'p95': {
      const refused = `a 95th percentile needs ${leastFor(0.95)} observations, there are ${n}`;
      return { value, n, ...kaplanMeier(scores).interval(0.95), ...(mayPrint(0.95, n) ? {} : { refused }) };
    }
    case 'mean': {
      const mean = (sample: readonly Score[]): number | undefined => statistic(bound, better, sample);
      const interval = clusterBootstrap(byCall, mean, { seed: SEED, rounds: ROUNDS, confidence: 0.95 });
      return { value, n, low: interval?.low ?? value, high: interval?.high ?? value };
    }
    case 'max':
      return { value, n, low: value, high: value };
  }
}

/** A rate with Clopper and Pearson's interval. */
export const rate = (scores: readonly Score[]): Estimate => {
  const hits = totalOf(scores);
  return { value: hits / scores.length, n: scores.length, ...exactInterval(hits, scores.length) };
};

function excess(scores: readonly Score[], shams: readonly Score[]): Estimate {
  const sham = { hits: totalOf(shams), trials: shams.length };
  const difference = differenceInterval({ hits: totalOf(scores), trials: scores.length }, sham);
  return { ...difference, n: scores.length, sham: { rate: sham.hits / sham.trials, n: sham.trials } };
}
