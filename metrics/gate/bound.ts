import type { Bound, Metric, Score } from '../../harness/model/metric.ts';
import type { Plan } from '../../harness/model/plan.ts';
import { kaplanMeier } from '../statistics/km.ts';
import { doseAt, tradeoff } from './curve.ts';

/** Calls that failed; a bound on it in the suite says how many may. Without one, none may. */
export const FAILED_CALLS = 'failed_call';

/** Whether an observation is one that a bound looks at. Without a class that is every one but the shams. */
export const concerns = (bound: Bound, score: Score): boolean =>
  score.metric === bound.metric && (bound.class === undefined ? !isSham(score) : score.class === bound.class);

/** Whether a bound looks at the calls of a plan. */
export const appliesTo =
  ({ stakes }: Pick<Plan, 'stakes'>) =>
  (bound: Bound): boolean =>
    bound.stakes === undefined || bound.stakes === stakes;

/** An observation of a trigger at which nothing was played. */
export const isSham = ({ class: name }: Score): boolean => name.startsWith('sham:');

/** `value` is on the wrong side of the limit. */
export const breaks = (bound: Bound, better: Metric['better'], value: number): boolean =>
  better === 'lower' ? value > bound.limit : value < bound.limit;

/**
 * The bound's statistic over observations: Kaplan-Meier percentiles (Infinity where not reached), means and rates,
 * for `max` the worst, for a curve the dose at which it reaches a share. Undefined when there are none.
 */
export function statistic(bound: Bound, better: Metric['better'], scores: readonly Score[]): number | undefined {
  if (scores.length === 0) return undefined;
  const values = scores.map(({ value }) => value);
  switch (bound.of) {
    case 'p50':
      return kaplanMeier(scores).quantile(0.5) ?? Infinity;
    case 'p95':
      return kaplanMeier(scores).quantile(0.95) ?? Infinity;
    case 'max':
      return better === 'lower' ? Math.max(...values) : Math.min(...values);
    case 'rate':
    case 'mean':
      return values.reduce((sum, value) => sum + value, 0) / values.length;
    case 'at10':
    case 'at50':
      return doseAt(scores, SHARE[bound.of]);
    case 'difference':
      return tradeoff(scores);
  }
}

/** The share of a curve that a bound looks for. */
export const SHARE = { at10: 0.1, at50: 0.5 } as const;

/** A bound in words, e.g. `stop_time p50 <= 400 ms (interruption)`. */
export function inWords(bound: Bound, metric: Metric): string {
  const sign = metric.better === 'lower' ? '<=' : '>=';
  const unit = metric.unit === 'rate' ? '' : ` ${metric.unit}`;
  return `${bound.metric} ${bound.of} ${sign} ${bound.limit}${unit}${bound.class ? ` (${bound.class})` : ''}${bound.stakes ? `, ${bound.stakes} stakes` : ''}`;
}
