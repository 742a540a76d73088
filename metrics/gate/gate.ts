import type { Bound, Metric, ScoredCall, Score } from '../../harness/model/metric.ts';
import type { Stakes } from '../../harness/model/plan.ts';
import { clockTime } from '../turns/observe.ts';
import { breaks, FAILED_CALLS, inWords } from './bound.ts';
import { estimate, type Estimate } from './estimate.ts';
import { cannotGate, noSuchMetric } from './evidence.ts';
import { counted, observationsOf, shamsOf, usualError } from './observed.ts';
import { worstStratum, type Stratum } from './strata.ts';

/** What one gate says about a run. */
export interface GateResult {
  /** The bound in words. */
  readonly name: string;
  readonly metric: string;
  readonly of: Bound['of'];
  readonly class?: string;
  readonly stakes?: Stakes;
  readonly verdict: 'pass' | 'fail' | 'inconclusive';
  /** Undefined: nothing was observed. Infinity: not reached. */
  readonly value: number | undefined;
  readonly low: number | undefined;
  readonly high: number | undefined;
  readonly bound: number;
  readonly n: number;
  /** One plain sentence. */
  readonly why: string;
  /** The verdict hangs on less than the measurement resolves. */
  readonly withinResolution: boolean;
  /** The worst observation: which call, and where to listen. */
  readonly worst?: { readonly call: string; readonly at: number; readonly note: string };
  /** The callers, scenarios, places or phones it was worst for, where it was observed in several. */
  readonly worstStratum?: Stratum;
}

const STAKES: readonly Stakes[] = ['low', 'medium', 'high'];

const NO_FAILED_CALL: Bound = { metric: FAILED_CALLS, of: 'max', limit: 0 };
/** Failed calls as a metric like any other. */
export const FAILED_CALL: Metric = {
  summary: 'calls in which the agent broke what was expected of it',
  unit: 'rate',
  better: 'lower',
  kind: 'rate',
  version: 1,
  needs: ['wire'],
  measure: () => [],
};

/**
 * Judges a run by its bounds, three ways. Pass: the whole 95 % interval is within the limit (or, for a bound `on:
 * 'estimate'`, the value is). Fail: the whole interval is outside. Else, and whenever nothing was observed: inconclusive.
 * Throws UsageError for a bound on a metric that is not known or that this target does not let us see.
 */
export function gate(
  calls: readonly ScoredCall[],
  bounds: readonly Bound[],
  metrics: ReadonlyMap<string, Metric>,
): readonly GateResult[] {
  const known = new Map([...metrics, [FAILED_CALLS, FAILED_CALL]]);
  const valid = counted(calls).map(withFailure);
  const all = [...unsaidFailures(valid, bounds), ...bounds];
  return all.map((bound) => judge(valid, bound, metricOf(bound, known, valid)));
}

/** No call may fail that a suite's own bounds on failed calls say nothing of. */
function unsaidFailures(calls: readonly ScoredCall[], bounds: readonly Bound[]): readonly Bound[] {
  const said = bounds.filter(({ metric }) => metric === FAILED_CALLS).map(({ stakes }) => stakes);
  if (said.length === 0) return [NO_FAILED_CALL];
  const left = STAKES.filter((stakes) => calls.some(({ plan }) => plan.stakes === stakes) && !said.includes(stakes));
  return said.includes(undefined) ? [] : left.map((stakes) => ({ ...NO_FAILED_CALL, stakes }));
}

function metricOf(bound: Bound, metrics: ReadonlyMap<string, Metric>, calls: readonly ScoredCall[]): Metric {
  const metric = metrics.get(bound.metric);
  if (!metric) throw noSuchMetric(bound.metric, metrics);
  const blind = calls.find(({ notSeen }) => notSeen[bound.metric] !== undefined);
  if (blind) throw cannotGate(bound.metric, blind.notSeen[bound.metric] ?? [], blind.head.target);
  return metric;
}

/** Whether a call failed, as an observation like any other. */
export function withFailure(call: ScoredCall): ScoredCall {
  const failed = call.outcome === 'failed';
  const own: Score = {
    metric: FAILED_CALLS,
    value: failed ? 1 : 0,
    censored: false,
    u: 0,
    at: (call.scores.find(({ note }) => call.reasons[0]?.includes(note))?.at ?? 0) as Score['at'],
    of: call.head.id,
    class: '',
    note: call.reasons[0] ?? call.outcome,
  };
  return { ...call, scores: [...call.scores, own] };
}

function judge(calls: readonly ScoredCall[], bound: Bound, metric: Metric): GateResult {
  const byCall = observationsOf(calls, bound);
  const found = estimate(bound, metric.better, byCall, shamsOf(calls, bound));
  const worst = worstOf(calls, bound, metric);
  const stratum = worstStratum(calls, bound, metric);
  const verdict = found ? verdictOf(bound, metric, found) : 'inconclusive';
  return {
    name: inWords(bound, metric),
    metric: bound.metric,
    of: bound.of,
    ...(bound.class === undefined ? {} : { class: bound.class }),
    ...(bound.stakes === undefined ? {} : { stakes: bound.stakes }),
    verdict,
    value: found?.value,
    low: found?.low,
    high: found?.high,
    bound: bound.limit,
    n: found?.n ?? 0,
    why: whyOf(bound, metric, found, verdict),
    withinResolution: found !== undefined && isClose(found.value, bound, usualError(byCall.flat())),
    ...(worst ? { worst } : {}),
    ...(stratum ? { worstStratum: stratum } : {}),
  };
}

/** Nearer to the limit than the usual uncertainty of one observation; counts and rates have none. */
const isClose = (value: number, { limit, of }: Bound, u: number): boolean =>
  of !== 'rate' && u > 0 && Math.abs(value - limit) <= u;

function verdictOf(bound: Bound, metric: Metric, { value, low, high, refused }: Estimate): GateResult['verdict'] {
  if (refused !== undefined) return 'inconclusive';
  const [best, worst] = metric.better === 'lower' ? [low, high] : [high, low];
  if (breaks(bound, metric.better, best)) return 'fail';
  if (!breaks(bound, metric.better, worst)) return 'pass';
  return bound.on === 'estimate' && !breaks(bound, metric.better, value) ? 'pass' : 'inconclusive';
}

/** A value as it is read out: rates in percent. */
export function readOut(value: number, metric: Pick<Metric, 'unit'>): string {
  if (!Number.isFinite(value)) return value < 0 ? 'below all that was tried' : 'not reached';
  if (metric.unit === 'rate') return `${Math.round(value * 1000) / 10} %`;
  return metric.unit === 'ms' ? `${Math.round(value)} ms` : `${Math.round(value * 100) / 100} ${metric.unit}`;
}

function whyOf(bound: Bound, metric: Metric, found: Estimate | undefined, verdict: GateResult['verdict']): string {
  if (!found) return 'nothing was observed';
  if (found.refused !== undefined) return found.refused;
  const value = readOut(found.value, metric);
  const interval = `95 % interval ${readOut(found.low, metric)} to ${readOut(found.high, metric)}`;
  const sham = found.sham ? `, ${readOut(found.sham.rate, metric)} by chance taken off` : '';
  const spread = bound.of === 'max' ? '' : ` (${interval}${sham})`;
  const limit = `bound ${readOut(bound.limit, metric)}`;
  const open = verdict === 'inconclusive' ? `; ${found.n} observations cannot tell` : '';
  return `${value}${spread}, ${limit}${open}`;
}

function worstOf(calls: readonly ScoredCall[], bound: Bound, metric: Metric): GateResult['worst'] {
  const all = calls.flatMap((call) =>
    observationsOf([call], bound)
      .flat()
      .map((score) => ({ call: call.head.id, at: score.at, note: score.note, value: score.value })),
  );
  const [worst] = all.toSorted((a, b) => (metric.better === 'lower' ? b.value - a.value : a.value - b.value));
  return worst && { call: worst.call, at: worst.at, note: `${worst.note} (hear ${clockTime(worst.at)})` };
}
