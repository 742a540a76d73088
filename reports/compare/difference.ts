import type { Score, ScoredCall } from '../../harness/model/metric.ts';
import { statistic } from '../../metrics/gate/bound.ts';
import { differenceBootstrap, pairedBootstrap } from '../../metrics/statistics/bootstrap.ts';
import type { Pair } from '../../metrics/statistics/bootstrap.ts';
import { mayPrint } from '../../metrics/statistics/quantile.ts';
import type { Interval } from '../../metrics/statistics/rates.ts';
import type { Figure } from './figures.ts';

/** A call that counts, and what the call that belongs to it on the other side must have in common with it. */
export interface Placed {
  readonly call: ScoredCall;
  readonly pair: string;
}

/** How one side differs from another in one figure. */
export interface Difference {
  readonly name: string;
  readonly unit: Figure['unit'];
  readonly first: number;
  readonly other: number;
  /** In which it was observed, of either side. */
  readonly calls: readonly [number, number];
  /** Calls by the same plan were held against each other; else each side was drawn by itself. */
  readonly paired: boolean;
  /** Of the other minus the first, 95 %; undefined when too few calls, or calls that are all alike, tell nothing. */
  readonly interval: Interval | undefined;
  readonly found: 'better' | 'worse' | 'not told apart';
}

/** Fewer calls than this do not tell how calls vary. */
export const LEAST_CALLS = 10;
/** Any seed does: the same calls must give the same intervals. */
export const DRAWS = { seed: 1, rounds: 1000, confidence: 0.95 } as const;

type ByCall = readonly (readonly Score[])[];

/** Undefined when either side has not observed the figure, or too seldom for it. */
export function differenceIn(
  figure: Figure,
  first: readonly Placed[],
  other: readonly Placed[],
): Difference | undefined {
  const pairs = pairsOf(figure, first, other);
  const paired = pairs.length >= LEAST_CALLS;
  const [a, b]: readonly [ByCall, ByCall] = paired
    ? [pairs.map(([one]) => one), pairs.map(([, one]) => one)]
    : [observed(figure, first), observed(figure, other)];
  const { name, unit, better, bound } = figure;
  if (bound.of === 'p95' && ![a, b].every((side) => mayPrint(0.95, side.flat().length))) return undefined;
  const value = (scores: readonly Score[]): number | undefined => statistic(bound, better, scores);
  const [was, is] = [value(a.flat()), value(b.flat())];
  if (was === undefined || is === undefined) return undefined;
  const enough = Math.min(a.length, b.length) >= LEAST_CALLS;
  const drawn = (): Interval | undefined =>
    paired ? pairedBootstrap(pairs, value, DRAWS) : differenceBootstrap(a, b, value, DRAWS);
  const interval = enough ? drawn() : undefined;
  const found = judged(interval, better);
  return { name, unit, first: was, other: is, calls: [a.length, b.length], paired, interval, found };
}

const observed = ({ seen }: Figure, side: readonly Placed[]): ByCall =>
  side.map(({ call }) => seen(call)).filter(({ length }) => length > 0);

/** Observations of calls that both sides have placed, and in which both have seen something. */
function pairsOf({ seen }: Figure, first: readonly Placed[], other: readonly Placed[]): readonly Pair<Score>[] {
  const theirs = new Map(other.map(({ pair, call }) => [pair, seen(call)]));
  return first.flatMap(({ pair, call }): Pair<Score>[] => {
    const [own, its = []] = [seen(call), theirs.get(pair)];
    return own.length > 0 && its.length > 0 ? [[own, its]] : [];
  });
}

function judged(interval: Interval | undefined, better: Figure['better']): Difference['found'] {
  if (!interval || (interval.low <= 0 && interval.high >= 0)) return 'not told apart';
  return interval.low > 0 === (better === 'higher') ? 'better' : 'worse';
}
