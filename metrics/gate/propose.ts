import type { Bound, Metric, ScoredCall, Unit } from '../../harness/model/metric.ts';
import { FAILED_CALLS } from './bound.ts';
import { estimate, type Estimate } from './estimate.ts';
import { FAILED_CALL, withFailure } from './gate.ts';
import { counted, observationsOf, shamsOf } from './observed.ts';

/** Fewer runs than this do not show how much an agent differs from itself. */
export const LEAST_RUNS = 3;

/** A bound an agent's own runs suggest. */
export interface Proposal {
  readonly bound: Bound;
  readonly unit: Unit;
  /** Over all runs together. */
  readonly measured: Estimate;
}

/** A bound on something that was observed which cannot be proposed, and why. */
export interface Unproposed {
  readonly metric: string;
  readonly of: Bound['of'];
  readonly why: string;
}

/** What is asked of any agent, in the order of the summary. */
const ASKED: readonly (readonly [metric: string, ...of: Bound['of'][]])[] = [
  [FAILED_CALLS, 'rate'],
  ['hang_up', 'rate'],
  ['answer_latency', 'p50'],
  ['turn_latency', 'p50', 'p95'],
  ['missed_turn', 'rate'],
  ['yield_rate', 'rate'],
  ['stop_time', 'p50', 'p95'],
  ['false_barge_in', 'rate'],
  ['cut_in', 'rate'],
  ['change_of_mind', 'rate'],
  ['task_success', 'rate'],
  ['handoff_decision', 'rate'],
  ['route_accuracy', 'rate'],
  ['context_recall', 'rate'],
];

/**
 * Bounds from three runs or more of one agent and suite: of each metric the outer limit of its 95 % interval in that run in
 * which it lies farthest out, rounded outwards. A run of the same size by the same agent then passes nearly always (a
 * gate of them looks at the estimate). What a run of that size could not decide, or only bound loosely, is not proposed. Pure.
 */
export function proposeBounds(
  runs: readonly (readonly ScoredCall[])[],
  metrics: ReadonlyMap<string, Metric>,
): { readonly proposals: readonly Proposal[]; readonly left: readonly Unproposed[] } {
  const known = new Map([...metrics, [FAILED_CALLS, FAILED_CALL]]);
  const valid = runs.map((calls) => counted(calls).map(withFailure));
  const results = ASKED.flatMap(([name, ...ofs]) => {
    const metric = known.get(name);
    return metric ? ofs.flatMap((of) => propose(valid, name, of, metric) ?? []) : [];
  });
  return {
    proposals: results.filter((result) => 'bound' in result),
    left: results.filter((result) => 'why' in result),
  };
}

function propose(
  runs: readonly (readonly ScoredCall[])[],
  name: string,
  of: Bound['of'],
  metric: Metric,
): Proposal | Unproposed | undefined {
  const open = (why: string): Unproposed => ({ metric: name, of, why });
  const bare: Bound = { metric: name, of, limit: 0 };
  const found = runs.map((calls) => measured(calls, bare, metric));
  const all = measured(runs.flat(), bare, metric);
  if (!all) return undefined;
  if (found.some((one) => one === undefined)) return open('it was not observed in every run');
  const refused = found.find((one) => one?.refused !== undefined)?.refused;
  if (refused !== undefined) return open(refused);
  const { better, unit } = metric;
  const ends = found.flatMap((one) => (one ? [better === 'lower' ? one.high : one.low] : []));
  const outer = better === 'lower' ? Math.max(...ends) : Math.min(...ends);
  const limit = outwards(outer, better, unit);
  if (!Number.isFinite(limit)) return open('a run holds too few observations to bound it');
  if (unit === 'rate' && Math.abs(limit - all.value) > LOOSEST) {
    return open(`a run holds too few observations: it could only be bounded at ${Math.round(limit * 100)} %`);
  }
  return { bound: { ...bare, limit, on: 'estimate' }, unit, measured: all };
}

const measured = (calls: readonly ScoredCall[], bound: Bound, { better }: Metric): Estimate | undefined =>
  estimate(bound, better, observationsOf(calls, bound), shamsOf(calls, bound));

/** A limit farther from what was measured than this binds nothing worth a gate (share). */
const LOOSEST = 0.25;

/** How finely a limit is stated. */
const STEP: Readonly<Record<Unit, number>> = { ms: 10, s: 0.1, rate: 0.01, count: 1, ratio: 0.01, dB: 0.5 };

function outwards(value: number, better: Metric['better'], unit: Unit): number {
  const steps = value / STEP[unit];
  const whole = better === 'lower' ? Math.ceil(steps - 1e-9) : Math.floor(steps + 1e-9);
  return Math.round(whole * STEP[unit] * 100) / 100;
}
