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

interface Draws {
  readonly seed: number;
  readonly rounds: number;
  readonly confidence: number;
}

/**
 * Percentile interval of `b` minus `a` in a statistic: whole clusters are drawn anew, of each side by itself. Undefined when
 * a side is empty, when more than a draw in twenty does not tell, and when every draw gives the same: then nothing varies.
 */
export function differenceBootstrap<T>(
  a: readonly (readonly T[])[],
  b: readonly (readonly T[])[],
  statistic: (observations: readonly T[]) => number | undefined,
  ask: Draws,
): Interval | undefined {
  if (a.length === 0 || b.length === 0) return undefined;
  const dice = chance(ask.seed);
  const drawn = (side: readonly (readonly T[])[]): number =>
    statistic(side.flatMap(() => dice.pick(side))) ?? Number.NaN;
  const values = drawsOf(() => drawn(b) - drawn(a), ask);
  return Math.min(...values) === Math.max(...values) ? undefined : middleOf(values, ask);
}

/** Two clusters that belong together: the same plan placed on either side. */
export type Pair<T> = readonly [a: readonly T[], b: readonly T[]];

/**
 * The same where the clusters come in pairs, which are drawn together: what both sides share varies with neither. Undefined
 * when there are none, when more than a draw in twenty does not tell, and when no draw shows any difference.
 */
export function pairedBootstrap<T>(
  pairs: readonly Pair<T>[],
  statistic: (observations: readonly T[]) => number | undefined,
  ask: Draws,
): Interval | undefined {
  if (pairs.length === 0) return undefined;
  const dice = chance(ask.seed);
  const values = drawsOf(() => {
    const drawn = pairs.map(() => dice.pick(pairs));
    const of = (side: 0 | 1): number => statistic(drawn.flatMap((pair) => pair[side])) ?? Number.NaN;
    return of(1) - of(0);
  }, ask);
  return values.every((value) => value === 0) ? undefined : middleOf(values, ask);
}

/** As many draws of a difference as are asked for; none when more than a few of them do not tell. */
function drawsOf(difference: () => number, { rounds }: Draws): readonly number[] {
  const values = Array.from({ length: rounds }, difference).filter(Number.isFinite);
  return values.length < rounds * (1 - MAY_NOT_TELL) ? [] : values;
}

function middleOf(values: readonly number[], { confidence }: Draws): Interval | undefined {
  const side = (1 - confidence) / 2;
  const [low, high] = [quantile(values, side), quantile(values, 1 - side)];
  return low === undefined || high === undefined ? undefined : { low, high };
}
