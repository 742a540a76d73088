import { expect, test } from 'vitest';
import { UsageError } from '../../../../harness/model/errors.ts';
import type { Bound, Metric, Score, ScoredCall } from '../../../../harness/model/metric.ts';
import { ORDINARY } from '../../../../harness/model/metronome.ts';
import type { Programmed } from '../../../../harness/model/metronome.ts';
import type { Plan } from '../../../../harness/model/plan.ts';
import { ms } from '../../../../harness/model/time.ts';
import { calibration } from '../../../../metrics/gate/calibrate.ts';
import { gate, type GateResult } from '../../../../metrics/gate/gate.ts';
import { summarise } from '../../../../metrics/gate/summary.ts';
import { verdict } from '../../../../metrics/gate/verdict.ts';
import { goldens, viewOf } from '../../../golden/golden.ts';
import { measures } from '../../../golden/measures.ts';

const metrics: ReadonlyMap<string, Metric> = await measures();
const { head, plan } = viewOf(goldens().get('plain-booking')!);

const score = (metric: string, value: number, more: Partial<Score> = {}): Score => ({
  metric,
  value,
  censored: false,
  u: 2,
  at: ms(1000),
  of: 'it',
  class: '',
  note: 'seen',
  ...more,
});

const call = (scores: readonly Score[], more: Partial<ScoredCall> = {}): ScoredCall => ({
  head,
  plan,
  outcome: 'passed',
  reasons: [],
  scores,
  notSeen: {},
  ...more,
});

const calls = (n: number, scores: (i: number) => readonly Score[]): ScoredCall[] =>
  Array.from({ length: n }, (_, i) => call(scores(i)));

const only = (results: readonly GateResult[], metric: string): GateResult =>
  results.find((one) => one.metric === metric)!;

const judged = (of: readonly ScoredCall[], bound: Bound): GateResult => only(gate(of, [bound], metrics), bound.metric);

test('a gate on nothing observed never passes', () => {
  const bound: Bound = { metric: 'stop_time', of: 'p50', limit: 400, on: 'estimate' };
  expect(judged([], bound)).toMatchObject({ verdict: 'inconclusive', n: 0, why: 'nothing was observed' });
  expect(judged([call([])], bound).verdict).toBe('inconclusive');
  expect(only(gate([], [], metrics), 'failed_call').verdict).toBe('inconclusive');
});

test('a gate on a metric nobody knows, or that cannot be seen, is a usage error that says so', () => {
  expect(() => gate([], [{ metric: 'tun_latency', of: 'p50', limit: 1 }], metrics)).toThrow(UsageError);
  const blind = call([], { notSeen: { task_success: ['office'] } });
  expect(() => gate([blind], [{ metric: 'task_success', of: 'rate', limit: 1 }], metrics)).toThrow(/needs the office/);
});

test('medians: the whole interval decides, unless the gate looks at the estimate', () => {
  const replies = calls(30, (i) => [score('turn_latency', 500 + i * 10)]);
  const p50 = (limit: number, on?: 'estimate'): GateResult =>
    judged(replies, { metric: 'turn_latency', of: 'p50', limit, ...(on ? { on } : {}) });
  expect(p50(800)).toMatchObject({ verdict: 'pass', value: 640, n: 30 });
  expect(p50(500).verdict).toBe('fail');
  expect(p50(650).verdict).toBe('inconclusive');
  expect(p50(650, 'estimate').verdict).toBe('pass');
  expect(p50(630, 'estimate').verdict).toBe('inconclusive');
  expect(p50(641, 'estimate').withinResolution).toBe(true);
});

test('a median that most calls never reached is outside every limit', () => {
  const silent = calls(10, (i) => [score('turn_latency', i < 2 ? 300 : 10_000, { censored: i >= 2 })]);
  const result = judged(silent, { metric: 'turn_latency', of: 'p50', limit: 800, on: 'estimate' });
  expect(result.value).toBe(Infinity);
  expect(result.verdict).not.toBe('pass');
  expect(result.why).toContain('not reached');
});

test('a 95th percentile of 71 observations is refused, of many it is judged', () => {
  const bound: Bound = { metric: 'turn_latency', of: 'p95', limit: 5000, on: 'estimate' };
  const of = (n: number): GateResult =>
    judged(
      calls(n, (i) => [score('turn_latency', 300 + i)]),
      bound,
    );
  expect(of(71)).toMatchObject({ verdict: 'inconclusive', why: expect.stringContaining('needs 72') });
  expect(of(200).verdict).toBe('pass');
});

test('rates: 12 of 12 is no proof of 100 %, one of 12 refutes it', () => {
  const bound: Bound = { metric: 'task_success', of: 'rate', limit: 1 };
  expect(
    judged(
      calls(12, () => [score('task_success', 1)]),
      bound,
    ).verdict,
  ).toBe('inconclusive');
  expect(
    judged(
      calls(12, () => [score('task_success', 1)]),
      { ...bound, on: 'estimate' },
    ).verdict,
  ).toBe('pass');
  const oneWrong = calls(12, (i) => [score('task_success', i === 3 ? 0 : 1, { note: 'wrong day' })]);
  expect(judged(oneWrong, { ...bound, on: 'estimate' })).toMatchObject({
    verdict: 'fail',
    worst: { note: 'wrong day (hear 0:01.0)' },
  });
});

test('what happens at shams too is not put on the agent', () => {
  const stops = (real: number, sham: number): ScoredCall[] =>
    calls(40, (i) => [
      score('false_barge_in', i < real ? 1 : 0, { class: 'backchannel' }),
      score('false_barge_in', i < sham ? 1 : 0, { class: 'sham:backchannel' }),
    ]);
  const bound: Bound = { metric: 'false_barge_in', class: 'backchannel', of: 'rate', limit: 0.3 };
  expect(judged(stops(20, 20), bound)).toMatchObject({ verdict: 'pass', value: 0 });
  expect(judged(stops(38, 2), bound).verdict).toBe('fail');
  // Without a class, shams are no observations of their own.
  expect(judged(stops(20, 20), { metric: 'false_barge_in', of: 'rate', limit: 0.3 }).n).toBe(40);
});

test('a failed call fails the run unless the suite says how many may', () => {
  const run = calls(20, () => []).map((one, i) =>
    i === 0 ? { ...one, outcome: 'failed' as const, reasons: ['task_success: wrong day (hear 0:14.2)'] } : one,
  );
  expect(only(gate(run, [], metrics), 'failed_call')).toMatchObject({
    verdict: 'fail',
    worst: { note: expect.stringContaining('wrong day') },
  });
  expect(judged(run, { metric: 'failed_call', of: 'rate', limit: 0.1, on: 'estimate' }).verdict).toBe('pass');
});

test('invalid calls and the metronome are never averaged in', () => {
  const metronome = { conditions: ORDINARY, sounds: 'edges' } as const;
  const run = [
    call([score('turn_latency', 400)]),
    call([score('turn_latency', 9000)], { outcome: 'invalid' }),
    call([score('turn_latency', 9000)], { outcome: 'not-run' }),
    call([score('turn_latency', 300)], { plan: { ...plan, metronome } }),
  ];
  expect(summarise(run, metrics)['turn_latency']).toMatchObject({ n: 1, p50: 400 });
});

/** What the metronome does about each line, and a vowel's truth. */
interface Beats {
  readonly replyMs: readonly number[];
  /** By line; undefined where nobody interrupts, -1 where it goes on. */
  readonly stopMs: readonly (number | undefined)[];
  readonly notKept?: readonly number[];
}

const programmedAs = ({ replyMs, stopMs, notKept = [] }: Beats): Programmed => ({
  programme: {
    acts: replyMs.map((after, i) => {
      const afterMs = stopMs[i];
      const sound = { kind: 'vowel', lengthMs: 2500, risesMs: 0 } as const;
      const stop = afterMs === undefined || afterMs < 0 ? {} : { stop: { afterMs, fadeMs: 0 } };
      return { chirps: 1, replyMs: after, leadMs: 0, sound, ...stop };
    }),
    sender: {},
    jitterMs: 0,
    loss: 0,
  },
  truths: replyMs.map(() => ({ onsetMs: 0, loud: [[0, 2500]] })),
  notKept,
});

const chirps = (count: number): Plan['lines'] =>
  Array.from({ length: count }, (_, i) => ({
    id: `chirp-${i + 1}`,
    topic: 'chirp',
    pieces: [],
    manner: {},
    facts: {},
    again: [],
    onAgenda: true,
  }));

const over = (line: string): Plan['stimuli'][number] => ({
  id: `over-${line}`,
  kind: 'interruption',
  trigger: { line, utterance: 1, offsetMs: 500 },
  sham: false,
  pieces: [],
  manner: {},
  facts: {},
  takesFloor: true,
});

/** A metronome call in which these replies and stops were measured, by line. */
const beat = (reply: readonly number[], stop: readonly (number | undefined)[], beats: Beats): ScoredCall => {
  const lines = chirps(beats.replyMs.length);
  return call(
    [
      ...reply.map((value, i) => score('turn_latency', value, { of: `chirp-${i + 1}`, at: ms(i * 4000) })),
      ...stop.flatMap((value, i) => {
        const about = { of: `over-chirp-${i + 1}`, at: ms(i * 4000 + 1500), class: 'interruption' };
        return value === undefined
          ? []
          : [score('stop_time', value, about), score('yield_rate', value <= 1000 ? 1 : 0, about)];
      }),
    ],
    {
      plan: {
        ...plan,
        lines,
        stimuli: lines.filter((_, i) => beats.stopMs[i] !== undefined).map(({ id }) => over(id)),
        metronome: { conditions: ORDINARY, sounds: 'edges' },
      },
      programmed: programmedAs(beats),
    },
  );
};

test('the metronome shows our own error, and a wrong one spoils the verdict', () => {
  const beats: Beats = { replyMs: [300.5, 900, 300.5], stopMs: [100, 100, undefined] };
  const good = calibration([beat([301.5, 899, 302.5], [102, 99], beats)]);
  expect(good.verdict).toBe('pass');
  expect(good.rows.find(({ metric }) => metric === 'turn_latency')).toMatchObject({
    n: 3,
    biasMs: 0.67,
    medianAbsMs: 1,
    maxAbsMs: 2,
    missed: 0,
  });
  expect(good.rows.find(({ metric }) => metric === 'stop_time')).toMatchObject({ n: 2, biasMs: 0.5, sdMs: 1.5 });
  expect(good.tables).toMatchObject([{ judged: 'yielded', hit: 2, missed: 0, falseAlarm: 0, rejected: 0 }]);
  expect(calibration([beat([340, 940, 340], [102], beats)]).verdict).toBe('fail');
  expect(calibration([]).verdict).toBe('missing');
  const neverStops = { ...beats, stopMs: [-1, 100] };
  expect(calibration([beat([301, 899, 300], [102, 100], neverStops)])).toMatchObject({
    verdict: 'fail',
    tables: [{ hit: 1, falseAlarm: 1 }],
  });
});

test('a reply that was never measured is missed, and one the metronome itself was late with is neither', () => {
  const beats: Beats = { replyMs: [300, 400], stopMs: [] };
  expect(calibration([beat([301], [], beats)])).toMatchObject({ verdict: 'fail', rows: [{ n: 1, missed: 1 }] });
  const late = calibration([beat([301, 480], [], { ...beats, notKept: [1] })]);
  expect(late).toMatchObject({ verdict: 'pass', rows: [{ n: 1, missed: 0, notKept: 1, maxAbsMs: 1 }] });
});

test('a voice cut in the closure of a plosive had stopped before: its own silence is no error', () => {
  const beats: Beats = { replyMs: [500], stopMs: [100] };
  const measured = beat([500], [60], beats);
  const loud = [
    [0, 1060],
    [1400, 2500],
  ] as const;
  const closed = { ...measured, programmed: { ...programmedAs(beats), truths: [{ onsetMs: 0, loud }] } };
  expect(calibration([closed]).rows.find(({ metric }) => metric === 'stop_time')).toMatchObject({ n: 1, maxAbsMs: 0 });
});

test('the verdict fails closed', () => {
  const good = calibration([beat([300], [100], { replyMs: [300], stopMs: [100] })]);
  const run = calls(20, () => [score('turn_latency', 400)]);
  const gates = gate(run, [{ metric: 'turn_latency', of: 'p50', limit: 800 }], metrics);
  expect(verdict(gates, run, good)).toBe('pass');
  expect(verdict(gates, run, { ...good, verdict: 'fail' })).toBe('invalid');
  expect(verdict(gates, run, calibration([]))).toBe('inconclusive');
  expect(verdict(gates, [], good)).toBe('invalid');
  expect(verdict(gates, [...run, call([], { outcome: 'invalid' })], good)).toBe('pass');
  expect(verdict(gates, [...run, call([], { outcome: 'invalid' }), call([], { outcome: 'invalid' })], good)).toBe(
    'invalid',
  );
  expect(verdict(gates, [...run, call([], { outcome: 'not-run' })], good)).toBe('inconclusive');
  expect(verdict([{ ...gates[0]!, verdict: 'fail' }], run, good)).toBe('fail');
});

test('a summary names what could not be seen, and leaves out what was not reached', () => {
  const blind = call([score('turn_latency', 10_000, { censored: true })], { notSeen: { task_success: ['office'] } });
  const summary = summarise([blind], metrics);
  expect(summary['task_success']).toEqual({ unit: 'rate', n: 0, censored: 0, u: 0, notSeen: ['office'] });
  expect(summary['turn_latency']).toEqual({ unit: 'ms', n: 1, censored: 1, u: 2 });
  expect(JSON.stringify(summary)).not.toContain('null');
});

test('an agent whose sentences end by themselves is not taken to have let her in', () => {
  const yields = (real: number, sham: number, shams: number): ScoredCall[] => [
    ...calls(60, (i) => [score('yield_rate', i < real ? 1 : 0, { class: 'interruption', u: 0 })]),
    ...calls(shams, (i) => [score('yield_rate', i < sham ? 1 : 0, { class: 'sham:interruption', u: 0 })]),
  ];
  const bound: Bound = { metric: 'yield_rate', class: 'interruption', of: 'rate', limit: 0.6 };
  expect(judged(yields(48, 16, 20), bound)).toMatchObject({ verdict: 'fail', value: 0 });
  expect(judged(yields(60, 4, 20), bound)).toMatchObject({ verdict: 'pass', value: 1 });
  // Too few shams to know: the plain rate stands.
  expect(judged(yields(48, 4, 5), bound)).toMatchObject({ value: 0.8 });
  expect(judged(yields(60, 20, 20), bound)).toMatchObject({ verdict: 'inconclusive' });
});
