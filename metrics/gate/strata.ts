import type { Bound, Metric, ScoredCall } from '../../harness/model/metric.ts';
import { statistic } from './bound.ts';
import { observationsOf } from './observed.ts';

/** Calls that have something in common. */
export interface Stratum {
  readonly by: 'persona' | 'scenario' | 'place' | 'codec';
  readonly name: string;
  readonly value: number;
  readonly n: number;
}

/** Fewer observations than this say nothing of a stratum. */
const LEAST = 3;

const NAMES: Readonly<Record<Stratum['by'], (call: ScoredCall) => string>> = {
  persona: ({ plan }) => plan.persona,
  scenario: ({ plan }) => plan.scenario,
  place: ({ plan }) => plan.place.name,
  codec: ({ plan }) => plan.phone.codec,
};

/** The stratum in which a bound's statistic is worst, of those with three observations or more; undefined unless there are two to compare. */
export function worstStratum(calls: readonly ScoredCall[], bound: Bound, metric: Metric): Stratum | undefined {
  const strata = (Object.keys(NAMES) as Stratum['by'][]).flatMap((by) => strataBy(by, calls, bound, metric));
  return strata.toSorted((a, b) => (metric.better === 'lower' ? b.value - a.value : a.value - b.value))[0];
}

function strataBy(by: Stratum['by'], calls: readonly ScoredCall[], bound: Bound, metric: Metric): readonly Stratum[] {
  const groups = [...Map.groupBy(calls, NAMES[by])].flatMap(([name, group]): Stratum[] => {
    const scores = observationsOf(group, bound).flat();
    const value = statistic(bound, metric.better, scores);
    return value === undefined || scores.length < LEAST ? [] : [{ by, name, value, n: scores.length }];
  });
  return groups.length > 1 ? groups : [];
}
