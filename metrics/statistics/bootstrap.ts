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

/** Above this share of draws that do not tell, neither do the rest. */
const MAY_NOT_TELL = 0.05;

/**
 * Percentile interval of `b` minus `a` in a statistic: whole clusters are drawn anew, of each side by itself. Undefined when
 * a side is empty, when more than a draw in twenty does not tell, and when every draw gives the same: then nothing varies.
 */
export function differenceBootstrap<T>(
  a: readonly (readonly T[])[],
  b: readonly (readonly T[])[],
  statistic: (observations: readonly T[]) => number | undefined,
  ask: { readonly seed: number; readonly rounds: number; readonly confidence: number },
): Interval | undefined {
  if (a.length === 0 || b.length === 0) return undefined;
  const dice = chance(ask.seed);
  const drawn = (side: readonly (readonly T[])[]): number =>
    statistic(side.flatMap(() => dice.pick(side))) ?? Number.NaN;
  const values = Array.from({ length: ask.rounds }, () => drawn(b) - drawn(a)).filter(Number.isFinite);
  if (values.length < ask.rounds * (1 - MAY_NOT_TELL)) return undefined;
  const side = (1 - ask.confidence) / 2;
  const [low, high] = [quantile(values, side), quantile(values, 1 - side)];
  return low === undefined || high === undefined || Math.min(...values) === Math.max(...values)
    ? undefined
    : { low, high };
}
