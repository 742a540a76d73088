import { breaks, concerns, statistic } from '../../metrics/gate/bound.ts';
import type { Metric, ScoredCall } from '../model/metric.ts';
import type { Limit } from './selftest-bounds.ts';

/** What the metrics made of some calls: those that had something to say, and those that turned red, with the worst value. */
export interface Reading {
  readonly observed: readonly string[];
  readonly red: Readonly<Record<string, number>>;
}

/** Calls that count: a call that our own fault spoilt says nothing about the agent. */
export const valid = ({ outcome }: Pick<ScoredCall, 'outcome'>): boolean =>
  outcome === 'passed' || outcome === 'failed';

/** Holds the calls' observations together against the bounds. Doubtful observations cannot turn a metric red. */
export function readCalls(
  calls: readonly Pick<ScoredCall, 'outcome' | 'scores'>[],
  metrics: ReadonlyMap<string, Metric>,
  bounds: readonly Limit[],
): Reading {
  const scores = calls.filter(valid).flatMap((call) => call.scores.filter(({ doubt }) => doubt === undefined));
  const observed = new Set<string>();
  const red: Record<string, number> = {};
  for (const bound of bounds) {
    const metric = metrics.get(bound.metric);
    if (!metric) continue;
    const about = scores.filter((score) => concerns(bound, score));
    const value = statistic(bound, metric.better, about);
    if (value === undefined) continue;
    const tooFew = Number.isFinite(value) && about.length < (bound.least ?? 1);
    if (tooFew) continue;
    observed.add(bound.metric);
    if (breaks(bound, metric.better, value)) red[bound.metric] = Number.isFinite(value) ? value : Number.MAX_VALUE;
  }
  return { observed: [...observed].sort(), red };
}
