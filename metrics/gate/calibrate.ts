import type { ScoredCall } from '../../harness/model/metric.ts';
import { ORDINARY } from '../../harness/model/metronome.ts';
import type { MetronomeConditions } from '../../harness/model/metronome.ts';
import { quantile } from '../statistics/quantile.ts';
import { judgementsOf } from './judgements.ts';
import type { Judgement, Judged } from './judgements.ts';
import { errorsOf } from './metronome-errors.ts';
import type { Boundary, Compared } from './metronome-errors.ts';

/** One cell of the accuracy table: where and under what conditions it was measured. */
export interface CalibrationCell extends MetronomeConditions {
  readonly line: string;
  readonly codec: string;
}

/** How far the harness' own measurements were from what the metronome was programmed to do. */
export interface CalibrationRow extends CalibrationCell {
  readonly metric: Boundary;
  readonly n: number;
  readonly biasMs: number;
  readonly sdMs: number;
  readonly medianAbsMs: number;
  readonly p95AbsMs: number;
  readonly maxAbsMs: number;
  /** Programmed replies or stops that were not seen, or seen where none was programmed. */
  readonly missed: number;
  /** Events the metronome itself did not keep to; in no other number. */
  readonly notKept: number;
}

/** A verdict against what was programmed. */
export interface CalibrationTable extends CalibrationCell {
  readonly judged: Judged;
  /** Programmed and seen, programmed and not seen, seen though not programmed, neither. */
  readonly hit: number;
  readonly missed: number;
  readonly falseAlarm: number;
  readonly rejected: number;
}

/** The instrument's own check. Without metronome calls it is `missing`. */
export interface Calibration {
  readonly verdict: 'pass' | 'fail' | 'missing';
  readonly rows: readonly CalibrationRow[];
  readonly tables: readonly CalibrationTable[];
}

/** What is claimed of a boundary on a line with exact stamps, and on one behind somebody's jitter buffer (ms, p95). */
const TOLERANCE = { exact: 10, approximate: 60 } as const;
/** The boundaries something is claimed of; soft onsets and fades are what they are. */
const CLAIMED: readonly Boundary[] = ['turn_latency', 'stop_time'];
/** Closer to the noise than this nothing is claimed, dB. */
const CLAIMED_SNR = 29;

/** Whether anything is claimed under these conditions: no loss, no jitter, speech well above the noise. */
export const isClaimed = (cell: MetronomeConditions): boolean =>
  cell.snrDb >= CLAIMED_SNR && cell.loss === 0 && cell.jitterMs === 0;

/** Compares every valid metronome call with its programme: measured minus programmed is our own error. Pure. */
export function calibration(calls: readonly ScoredCall[]): Calibration {
  const checks = calls.filter(
    ({ programmed, outcome }) => programmed !== undefined && outcome !== 'invalid' && outcome !== 'not-run',
  );
  if (checks.length === 0) return { verdict: 'missing', rows: [], tables: [] };
  const cells = [...Map.groupBy(checks, (call) => JSON.stringify(cellOf(call))).values()];
  const rows = cells.flatMap(rowsOf);
  const tables = cells.flatMap(tablesOf);
  const timing = checks.some(({ head }) => head.timing === 'approximate') ? 'approximate' : 'exact';
  const claimed = rows.filter((row) => isClaimed(row) && CLAIMED.includes(row.metric));
  const sound = claimed.every((row) => row.missed === 0 && row.p95AbsMs <= TOLERANCE[timing]);
  const measured = rows.some(({ metric, n }) => metric === 'turn_latency' && n > 0);
  return { verdict: sound && measured ? 'pass' : 'fail', rows, tables };
}

function cellOf({ head, plan }: ScoredCall): CalibrationCell {
  const { snrDb, silence, jitterMs, loss, skewPpm, newSources } = plan.metronome?.conditions ?? ORDINARY;
  return { line: head.line, codec: plan.phone.codec, snrDb, silence, jitterMs, loss, skewPpm, newSources };
}

function rowsOf(calls: readonly ScoredCall[]): readonly CalibrationRow[] {
  const byMetric = Map.groupBy(calls.flatMap(errorsOf), ({ boundary }) => boundary);
  return [...byMetric].map(([metric, compared]) => rowOf(cellOf(calls[0] as ScoredCall), metric, compared));
}

function rowOf(cell: CalibrationCell, metric: Boundary, compared: readonly Compared[]): CalibrationRow {
  const errors = compared.flatMap(({ is, errorMs }) => (is === 'measured' ? [errorMs] : []));
  const sizes = errors.map(Math.abs);
  const bias = mean(errors);
  return {
    ...cell,
    metric,
    n: errors.length,
    biasMs: round(bias),
    sdMs: round(Math.sqrt(mean(errors.map((error) => (error - bias) ** 2)))),
    medianAbsMs: round(quantile(sizes, 0.5) ?? 0),
    p95AbsMs: round(quantile(sizes, 0.95) ?? 0),
    maxAbsMs: round(Math.max(0, ...sizes)),
    missed: compared.filter(({ is }) => is === 'missed').length,
    notKept: compared.filter(({ is }) => is === 'not-kept').length,
  };
}

function tablesOf(calls: readonly ScoredCall[]): readonly CalibrationTable[] {
  const byKind = Map.groupBy(calls.flatMap(judgementsOf), ({ judged }) => judged);
  return [...byKind].map(([judged, all]) => {
    const count = (programmed: boolean, seen: boolean): number =>
      all.filter((one: Judgement) => one.programmed === programmed && one.seen === seen).length;
    return {
      ...cellOf(calls[0] as ScoredCall),
      judged,
      hit: count(true, true),
      missed: count(true, false),
      falseAlarm: count(false, true),
      rejected: count(false, false),
    };
  });
}

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

const round = (value: number): number => Math.round(value * 100) / 100;
