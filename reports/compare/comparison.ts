import { UsageError } from '../../harness/model/errors.ts';
import { estimate } from '../../metrics/gate/estimate.ts';
import type { Estimate } from '../../metrics/gate/estimate.ts';
import type { RunReport } from '../report.ts';
import { armsOf } from './arms.ts';
import type { Arm, ComparedBy } from './arms.ts';
import { differenceIn } from './difference.ts';
import type { Difference } from './difference.ts';
import { FIGURES, TURN_LATENCY } from './figures.ts';
import type { Figure } from './figures.ts';

/** A figure of one arm, and how it differs from the first arm's; undefined where nothing, or too little, was observed. */
export interface ArmFigure {
  readonly value: Estimate | undefined;
  readonly difference: Difference | undefined;
}

/** One figure of all arms, in the order of the arms. */
export interface FigureRow {
  readonly figure: Figure;
  readonly arms: readonly ArmFigure[];
}

/** An arm's place in the ranking: how much later it answers than the first, and than the one before it. */
export interface Rank {
  readonly arm: Arm;
  /** Median turn latency, ms; Infinity where most turns were never answered; undefined where no turn was observed. */
  readonly value: number | undefined;
  readonly toFirst: Difference | undefined;
  readonly toPrevious: Difference | undefined;
}

/** Several agents held against each other; arms and ranking with the fastest first. */
export interface Comparison {
  readonly by: ComparedBy | undefined;
  readonly timing: string;
  readonly arms: readonly Arm[];
  readonly rows: readonly FigureRow[];
  readonly ranking: readonly Rank[];
}

/**
 * Holds runs against each other, sorted by what a stage was made of where `by` says one. Pure. Throws UsageError where
 * there are no two arms, and where times of exact lines would be held against those of approximate ones.
 */
export function compare(runs: readonly RunReport[], by?: ComparedBy): Comparison {
  const timing = timingOf(runs);
  const found = armsOf(runs, by);
  if (found.length < 2) throw new UsageError(onlyOne(found[0], by));
  const medians = new Map(found.map((arm) => [arm, valueIn(TURN_LATENCY, arm)?.value]));
  const arms = found.toSorted((a, b) => order(medians.get(a), medians.get(b)));
  return {
    by,
    timing,
    arms,
    rows: FIGURES.map((figure) => rowOf(figure, arms)).filter(({ arms: all }) => all.some(({ value }) => value)),
    ranking: arms.map((arm, index) => ({
      arm,
      value: medians.get(arm),
      toFirst: between(TURN_LATENCY, arms[0], index > 0 ? arm : undefined),
      toPrevious: between(TURN_LATENCY, arms[index - 1], arm),
    })),
  };
}

const order = (a = Number.MAX_VALUE, b = Number.MAX_VALUE): number => (a === b ? 0 : a < b ? -1 : 1);

const onlyOne = (arm: Arm | undefined, by: ComparedBy | undefined): string =>
  by === undefined
    ? 'there is nothing to compare with; name two runs or more, or a matrix'
    : `all of these runs have ${arm?.name ?? 'nothing'}; leave --by ${by} out, or name others`;

/** Why times of these runs are not held against each other; undefined when they may be. */
export function timingsApart(runs: readonly RunReport[]): string | undefined {
  const classes = Map.groupBy(runs, ({ calls }) => calls[0]?.head.timing ?? 'exact');
  const [exact, approximate] = [classes.get('exact')?.[0], classes.get('approximate')?.[0]];
  if (!exact || !approximate) return undefined;
  return `${approximate.manifest.id} went over ${approximate.manifest.line}, whose times are approximate, and ${exact.manifest.id} over ${exact.manifest.line}, whose times are exact: compare runs of one kind`;
}

function timingOf(runs: readonly RunReport[]): string {
  const apart = timingsApart(runs);
  if (apart !== undefined) throw new UsageError(apart);
  return runs[0]?.calls[0]?.head.timing ?? 'exact';
}

function rowOf(figure: Figure, arms: readonly Arm[]): FigureRow {
  const [first] = arms;
  return {
    figure,
    arms: arms.map((arm) => ({
      value: valueIn(figure, arm),
      difference: between(figure, first, arm === first ? undefined : arm),
    })),
  };
}

const between = (figure: Figure, one: Arm | undefined, other: Arm | undefined): Difference | undefined =>
  one && other && differenceIn(figure, one.calls, other.calls);

/** Undefined, too, where there are too few observations for the figure. */
function valueIn({ bound, better, seen }: Figure, { calls }: Arm): Estimate | undefined {
  const observed = calls.map(({ call }) => seen(call)).filter(({ length }) => length > 0);
  const found = estimate(bound, better, observed, []);
  return found?.refused === undefined ? found : undefined;
}
