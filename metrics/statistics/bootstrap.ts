import { chance } from '../../harness/model/seed.ts';
import { quantile } from './quantile.ts';
import type { Interval } from './rates.ts';

/**
 * Percentile interval of a statistic by resampling whole clusters (calls): observations within a call correlate.
 * `statistic` may return undefined for a resample that does not tell; seeded, so the same data give the same interval.
 */
export function clusterBootstrap<T>(
  clusters: readonly (readonly T[])[],
  statistic: (observations: readonly T[]) => number | undefined,
  ask: { readonly seed: number; readonly rounds: number; readonly confidence: number },
): Interval | undefined {
  if (clusters.length === 0) return undefined;
  const dice = chance(ask.seed);
  const values: number[] = [];
  for (let round = 0; round < ask.rounds; round++) {
    const value = statistic(clusters.flatMap(() => dice.pick(clusters)));
    if (value !== undefined && Number.isFinite(value)) values.push(value);
  }
  const side = (1 - ask.confidence) / 2;
  const low = quantile(values, side);
  const high = quantile(values, 1 - side);
  return low === undefined || high === undefined ? undefined : { low, high };
}
