import type { Evidence } from '../harness/model/record.ts';
import type { Bound, ScoredCall, Unit, Verdict } from '../harness/model/metric.ts';
import type { RunManifest } from '../harness/model/run.ts';

/** A 95 % interval, in the metric's unit. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** One metric over a run. Quantiles are absent where there were too few observations, or they were not reached. */
export interface MetricReport {
  readonly unit: Unit;
  readonly better: 'lower' | 'higher';
  readonly n: number;
  readonly censored: number;
  readonly p50?: number;
  readonly p95?: number;
  readonly rate?: number;
  readonly mean?: number;
  readonly u: number;
  readonly interval?: Interval;
  /** What it would have needed; such a metric has no observations and never passes. */
  readonly notSeen?: readonly Evidence[];
}

/** What a gate said. */
export interface GateReport {
  readonly name: string;
  readonly bound: Bound;
  readonly verdict: 'pass' | 'fail' | 'inconclusive';
  /** Undefined when it was not reached or nothing was observed. */
  readonly value?: number;
  readonly interval?: Interval;
  readonly n: number;
}

/** The harness's own error, from its metronome calls, ms. */
export interface AccuracyReport {
  readonly metric: string;
  readonly n: number;
  readonly biasMs: number;
  readonly medianAbsMs: number;
  readonly p95AbsMs: number;
  readonly maxAbsMs: number;
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
  /** Callers' calls and metronome calls, in the manifest's order. */
  readonly calls: readonly ScoredCall[];
  readonly metrics: Readonly<Record<string, MetricReport>>;
  readonly gates: readonly GateReport[];
  readonly accuracy: readonly AccuracyReport[];
  readonly verdict: Verdict;
  readonly paths: ReportPaths;
}

/** Calls to the agent, without those to the metronome. */
export const agentCalls = ({ calls }: Pick<RunReport, 'calls'>): readonly ScoredCall[] =>
  calls.filter(({ plan }) => plan.metronome === undefined);
