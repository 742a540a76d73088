import type { Metric, ScoredCall, Verdict } from '../harness/model/metric.ts';
import type { RunManifest } from '../harness/model/run.ts';
import { calibration } from '../metrics/gate/calibrate.ts';
import type { Calibration } from '../metrics/gate/calibrate.ts';
import { FAILED_CALLS } from '../metrics/gate/bound.ts';
import { gate } from '../metrics/gate/gate.ts';
import type { GateResult } from '../metrics/gate/gate.ts';
import { counted } from '../metrics/gate/observed.ts';
import { readiness } from '../metrics/gate/readiness.ts';
import type { Readiness } from '../metrics/gate/readiness.ts';
import { summarise } from '../metrics/gate/summary.ts';
import type { Summary } from '../metrics/gate/summary.ts';
import { verdict } from '../metrics/gate/verdict.ts';
import { makeTables } from './tables.ts';
import { overspent } from './tables/budget.ts';
import type { Table } from './tables.ts';

/** One metric over a run, and which way is better. */
export interface MetricReport extends Summary {
  readonly better: Metric['better'];
}

/** Where a reader goes on. Paths as the shell wants them. */
export interface ReportPaths {
  /** The run's folder; a call's recording is `calls/ID/audio.wav` in it. */
  readonly run: string;
  /** The site's first page, when it was built. */
  readonly site?: string;
}

/** Everything the outputs of a run are made from. */
export interface RunReport {
  readonly manifest: RunManifest;
  /** Callers' calls and metronome calls. */
  readonly calls: readonly ScoredCall[];
  readonly metrics: Readonly<Record<string, MetricReport>>;
  readonly gates: readonly GateResult[];
  readonly calibration: Calibration;
  /** Which classes of calls the agent may take. */
  readonly readiness: readonly Readiness[];
  /** By question, where the run's suite asks for them. */
  readonly tables: readonly Table[];
  readonly verdict: Verdict;
  readonly paths: ReportPaths;
  /** The last run of the same suite and agent, where there is one. */
  readonly before?: EarlierRun;
}

/** A run that another is held against. */
export interface EarlierRun {
  readonly id: string;
  readonly calls: readonly ScoredCall[];
}

/**
 * Sums up and judges a stored run by the gates in its manifest. Pure.
 * Throws UsageError for a gate on a metric that is unknown or could not be seen.
 */
export function makeReport(
  manifest: RunManifest,
  calls: readonly ScoredCall[],
  metrics: ReadonlyMap<string, Metric>,
  paths: ReportPaths,
  before?: EarlierRun,
): RunReport {
  const gates = gate(calls, manifest.gates ?? [], metrics);
  const check = calibration(calls);
  const overall = verdict(gates, calls, check);
  const budget = overspent(manifest.gates ?? [], counted(calls));
  const summaries = Object.entries(summarise(calls, metrics)).map(
    ([name, summary]) => [name, { ...summary, better: metrics.get(name)?.better ?? 'lower' }] as const,
  );
  return {
    manifest,
    calls,
    metrics: { [FAILED_CALLS]: failedCalls(calls), ...Object.fromEntries(summaries) },
    gates,
    calibration: check,
    tables: [...(budget ? [budget] : []), ...makeTables(manifest.tables ?? [], calls)],
    readiness: readiness(calls, gates, overall, check.verdict !== 'missing'),
    verdict: overall,
    paths,
    ...(before ? { before } : {}),
  };
}

function failedCalls(calls: readonly ScoredCall[]): MetricReport {
  const n = counted(calls).length;
  const failed = counted(calls).filter(({ outcome }) => outcome === 'failed').length;
  return { unit: 'rate', better: 'lower', n, censored: 0, u: 0, ...(n > 0 ? { rate: failed / n } : {}) };
}

/** Calls to the agent, without those to the metronome. */
export const agentCalls = ({ calls }: Pick<RunReport, 'calls'>): readonly ScoredCall[] =>
  calls.filter(({ plan }) => plan.metronome === undefined);
