import type { Score, ScoredCall } from '../../harness/model/metric.ts';
import { quantile } from '../statistics/quantile.ts';

/** How far the harness' own measurements were from what the metronome was programmed to do. */
export interface CalibrationRow {
  readonly line: string;
  readonly codec: string;
  readonly snrDb: number;
  readonly jitterMs: number;
  readonly loss: number;
  readonly skewPpm: number;
  readonly metric: 'turn_latency' | 'stop_time';
  readonly n: number;
  readonly biasMs: number;
  readonly medianAbsMs: number;
  readonly p95AbsMs: number;
  readonly maxAbsMs: number;
  /** Programmed replies or stops that were not seen, or seen where none was programmed. */
  readonly missed: number;
}

/** The instrument's own check. Without metronome calls it is `missing`. */
export interface Calibration {
  readonly verdict: 'pass' | 'fail' | 'missing';
  readonly rows: readonly CalibrationRow[];
}

/** What is claimed of a boundary on a line with exact stamps, and on one behind somebody's jitter buffer (ms, p95). */
const TOLERANCE = { exact: 10, approximate: 60 } as const;

interface Pair {
  readonly measured: number;
  readonly programmed: number;
}

/** What one call shows for one metric. */
interface Comparison {
  readonly call: ScoredCall;
  readonly metric: CalibrationRow['metric'];
  readonly pairs: readonly Pair[];
  readonly missed: number;
}

/** Compares every valid metronome call with its programme: measured minus programmed is our own error. */
export function calibration(calls: readonly ScoredCall[]): Calibration {
  const checks = calls.filter(({ plan, outcome }) => plan.metronome && outcome !== 'invalid' && outcome !== 'not-run');
  if (checks.length === 0) return { verdict: 'missing', rows: [] };
  const groups = Map.groupBy(
    checks.flatMap((call) => [replies(call), stops(call)]),
    ({ call, metric }) =>
      [call.head.line, call.plan.phone.codec, call.plan.place.snrDb, call.plan.phone.loss, metric].join(' '),
  );
  const rows = [...groups.values()].map(rowOf);
  const timing = checks.some(({ head }) => head.timing === 'approximate') ? 'approximate' : 'exact';
  const sound = rows.every((row) => row.missed === 0 && row.p95AbsMs <= TOLERANCE[timing]);
  const measured = (metric: CalibrationRow['metric']): boolean =>
    rows.some((row) => row.metric === metric && row.n > 0);
  return { verdict: sound && measured('turn_latency') ? 'pass' : 'fail', rows };
}

/** The k-th line is answered after the k-th programmed delay, cycled. */
function replies(call: ScoredCall): Comparison {
  const { lines, metronome } = call.plan;
  const programme = metronome?.replyMs ?? [];
  const found = new Map(observed(call, 'turn_latency').map((score) => [score.of, score]));
  const expected = lines.map(({ id }, k) => ({ score: found.get(id), programmed: programme[k % programme.length] }));
  return compared(call, 'turn_latency', expected);
}

/** The k-th stimulus that fell into a reply stops it after the k-th programmed time, cycled; -1 never. */
function stops(call: ScoredCall): Comparison {
  const programme = call.plan.metronome?.stopMs ?? [];
  const expected = observed(call, 'stop_time').map((score, k) => ({
    score,
    programmed: programme[k % programme.length],
  }));
  return compared(call, 'stop_time', expected);
}

const observed = (call: ScoredCall, metric: string): readonly Score[] =>
  call.scores
    .filter((score) => score.metric === metric && !score.class.startsWith('sham:'))
    .toSorted((a, b) => a.at - b.at);

function compared(
  call: ScoredCall,
  metric: CalibrationRow['metric'],
  expected: readonly { readonly score: Score | undefined; readonly programmed: number | undefined }[],
): Comparison {
  const pairs: Pair[] = [];
  let missed = 0;
  for (const { score, programmed } of expected) {
    if (programmed === undefined) continue;
    const happened = score !== undefined && !score.censored;
    if (happened && programmed >= 0) pairs.push({ measured: score.value, programmed });
    else if (happened !== programmed >= 0) missed++;
  }
  return { call, metric, pairs, missed };
}

function rowOf(group: readonly Comparison[]): CalibrationRow {
  const [{ call, metric }] = group as [Comparison];
  const errors = group.flatMap(({ pairs }) => pairs.map(({ measured, programmed }) => measured - programmed));
  const sizes = errors.map(Math.abs);
  return {
    line: call.head.line,
    codec: call.plan.phone.codec,
    snrDb: call.plan.place.snrDb,
    jitterMs: 0,
    loss: call.plan.phone.loss,
    skewPpm: 0,
    metric,
    n: errors.length,
    biasMs: round(errors.length === 0 ? 0 : errors.reduce((sum, error) => sum + error, 0) / errors.length),
    medianAbsMs: round(quantile(sizes, 0.5) ?? 0),
    p95AbsMs: round(quantile(sizes, 0.95) ?? 0),
    maxAbsMs: round(Math.max(0, ...sizes)),
    missed: group.reduce((sum, { missed }) => sum + missed, 0),
  };
}

const round = (value: number): number => Math.round(value * 100) / 100;
