import type { Bound, Metric, Need, Score, ScoredCall, Unit } from '../../harness/model/metric.ts';
import { kaplanMeier } from '../statistics/km.ts';
import { mayPrint } from '../statistics/quantile.ts';
import { SHARE } from './bound.ts';
import { doseAt } from './curve.ts';
import { estimate, rate, type Estimate } from './estimate.ts';
import { counted, observationsOf, shamsOf, usualError } from './observed.ts';

/** A metric over all counted calls of a run. What was not reached or not seen is left out, never 0. */
export interface Summary {
  readonly unit: Unit;
  readonly n: number;
  readonly censored: number;
  /** Kaplan-Meier; left out when not reached. */
  readonly p50?: number;
  /** Left out under 72 observations, and when not reached. */
  readonly p95?: number;
  readonly rate?: number;
  readonly mean?: number;
  /** Doses at which a curve reaches 10 % and 50 %; left out where it does not within reach. */
  readonly at10?: number;
  readonly at50?: number;
  /** A tradeoff: median latency minus the dose tolerated at 10 %. */
  readonly difference?: number;
  /** 95 % interval of p50, rate, mean, at50 or difference; an open side is left out. */
  readonly low?: number;
  readonly high?: number;
  /** Median uncertainty of one observation, in the unit. */
  readonly u: number;
  /** The same rate at triggers at which nothing was played. */
  readonly sham?: { readonly n: number; readonly rate: number };
  readonly notSeen?: readonly Need[];
}

const OF: Readonly<Record<Metric['kind'], Bound['of']>> = {
  latency: 'p50',
  rate: 'rate',
  amount: 'mean',
  curve: 'at50',
  tradeoff: 'difference',
};

/** One summary per metric, by name in order. Metronome and invalid calls are not in it. */
export function summarise(
  calls: readonly ScoredCall[],
  metrics: ReadonlyMap<string, Metric>,
): Readonly<Record<string, Summary>> {
  const valid = counted(calls);
  return Object.fromEntries(
    [...metrics]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, metric]) => [name, summaryOf(valid, name, metric)]),
  );
}

function summaryOf(calls: readonly ScoredCall[], name: string, metric: Metric): Summary {
  const bound: Bound = { metric: name, of: OF[metric.kind], limit: 0 };
  const byCall = observationsOf(calls, bound);
  const scores = byCall.flat();
  const shams = shamsOf(calls, bound);
  const blind = calls.find(({ notSeen }) => notSeen[name] !== undefined)?.notSeen[name];
  const found = estimate(bound, metric.better, byCall, []);
  return {
    unit: metric.unit,
    n: scores.length,
    censored: scores.filter(({ censored }) => censored).length,
    ...(found ? { ...valueOf(metric, found, scores), ...intervalOf(found) } : {}),
    ...(metric.kind === 'latency' ? tailOf(scores) : {}),
    u: round(usualError(scores)),
    ...(shams.length > 0 ? { sham: { n: shams.length, rate: round(rate([shams]).value) } } : {}),
    ...(blind && scores.length === 0 ? { notSeen: blind } : {}),
  };
}

function valueOf({ kind }: Metric, { value }: Estimate, scores: readonly Score[]): Partial<Summary> {
  if (kind === 'curve') return { ...onCurve('at10', scores), ...onCurve('at50', scores) };
  if (!Number.isFinite(value)) return {};
  if (kind === 'latency') return { p50: round(value) };
  if (kind === 'tradeoff') return { difference: round(value) };
  return kind === 'rate' ? { rate: round(value) } : { mean: round(value) };
}

function onCurve(of: 'at10' | 'at50', scores: readonly Score[]): Partial<Summary> {
  const dose = doseAt(scores, SHARE[of]);
  return dose === undefined || !Number.isFinite(dose) ? {} : { [of]: round(dose) };
}

const intervalOf = ({ low, high }: Estimate): Partial<Summary> => ({
  ...(Number.isFinite(low) ? { low: round(low) } : {}),
  ...(Number.isFinite(high) ? { high: round(high) } : {}),
});

function tailOf(scores: Parameters<typeof kaplanMeier>[0]): Partial<Summary> {
  const p95 = mayPrint(0.95, scores.length) ? kaplanMeier(scores).quantile(0.95) : undefined;
  return p95 === undefined ? {} : { p95: round(p95) };
}

const round = (value: number): number => Math.round(value * 10_000) / 10_000;
