import { expect, test } from 'vitest';
import type { Metric, Score, ScoredCall } from '../../../../harness/model/metric.ts';
import { chance } from '../../../../harness/model/seed.ts';
import { ms } from '../../../../harness/model/time.ts';
import { gate } from '../../../../metrics/gate/gate.ts';
import { proposeBounds } from '../../../../metrics/gate/propose.ts';
import { readiness } from '../../../../metrics/gate/readiness.ts';
import { STARTER } from '../../../../metrics/gate/starter.ts';
import type { GateResult } from '../../../../metrics/gate/gate.ts';
import { proposalText } from '../../../../reports/proposal.ts';
import { goldens, viewOf } from '../../../golden/golden.ts';
import { measures } from '../../../golden/measures.ts';

const metrics: ReadonlyMap<string, Metric> = await measures();
const { head, plan } = viewOf(goldens().get('plain-booking')!);

const score = (metric: string, value: number): Score => ({
  metric,
  value,
  censored: false,
  u: 2,
  at: ms(1000),
  of: 'it',
  class: '',
  note: 'seen',
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

/** A run of `n` calls by one agent: replies around 700 ms, cuts in now and then, fails one call in fifty. */
function runOf(seed: number, n = 40): ScoredCall[] {
  const dice = chance(seed);
  return Array.from({ length: n }, () => {
    const replies = Array.from({ length: 4 }, () => score('turn_latency', 500 + 400 * dice.next()));
    const cuts = Array.from({ length: 3 }, () => score('cut_in', dice.next() < 0.05 ? 1 : 0));
    return call([...replies, ...cuts, score('yield_rate', dice.next() < 0.9 ? 1 : 0)], {
      outcome: dice.next() < 0.02 ? 'failed' : 'passed',
    });
  });
}

test('bounds from three runs hold for the agent’s next run, and not for one that got worse', () => {
  const open: string[] = [];
  for (let first = 1; first <= 120; first += 4) {
    const { proposals } = proposeBounds([runOf(first), runOf(first + 1), runOf(first + 2)], metrics);
    const bounds = proposals.map(({ bound }) => bound);
    const next = gate(runOf(first + 3), bounds, metrics);
    open.push(...next.filter(({ verdict }) => verdict !== 'pass').map(({ name }) => name));
    expect(next.filter(({ verdict }) => verdict === 'fail')).toEqual([]);
    const slower = runOf(first + 3).map((one) => ({
      ...one,
      scores: one.scores.map((each) => (each.metric === 'turn_latency' ? { ...each, value: each.value + 400 } : each)),
    }));
    const worse = gate(slower, bounds, metrics).filter(({ metric }) => metric === 'turn_latency');
    expect(worse.map(({ verdict }) => verdict)).toContain('fail');
  }
  // 30 runs of 5 gates: less than one gate in twenty is open for an agent that did not change.
  expect(open.length).toBeLessThan(8);
});

test('limits are rounded outwards, and what a run of this size cannot decide is not proposed', () => {
  const { proposals, left } = proposeBounds([runOf(1, 10), runOf(2, 10), runOf(3, 10)], metrics);
  const latency = proposals.find(({ bound }) => bound.metric === 'turn_latency');
  expect(latency?.bound).toMatchObject({ of: 'p50', on: 'estimate' });
  expect((latency?.bound.limit ?? 0) % 10).toBe(0);
  expect(latency?.bound.limit).toBeGreaterThanOrEqual(latency?.measured.high ?? Infinity);
  const cuts = proposals.find(({ bound }) => bound.metric === 'cut_in');
  expect(cuts?.bound.limit).toBeGreaterThanOrEqual(cuts?.measured.high ?? Infinity);
  expect(left.find(({ metric }) => metric === 'yield_rate')?.why).toMatch(
    /too few observations: it could only be bounded at \d+ %/,
  );
  expect(left).toContainEqual({
    metric: 'turn_latency',
    of: 'p95',
    why: 'a 95th percentile needs 72 observations, there are 40',
  });
  expect(left.filter(({ metric }) => metric === 'stop_time')).toEqual([]);
  const stops = runOf(4, 10).map((one) => ({ ...one, scores: [...one.scores, score('stop_time', 200)] }));
  expect(proposeBounds([runOf(1, 10), runOf(2, 10), stops], metrics).left).toContainEqual({
    metric: 'stop_time',
    of: 'p50',
    why: 'it was not observed in every run',
  });
});

test('a proposal is TypeScript to paste, with what each bound stands on', async () => {
  const proposed = proposeBounds([runOf(1), runOf(2), runOf(3)], metrics);
  const text = proposalText(['a-1', 'a-2', 'a-3'], 'sip:agent@10.0.0.5\n*/ x', proposed);
  expect(text).toContain('// Proposed from 3 runs of sip:agent@10.0.0.5?*/ x: a-1, a-2, a-3.');
  expect(text).toMatch(
    /\n {2}\/\/ reply after caller: p50 \d+ ms \(\d+-\d+\), n 480\n {2}\{ metric: 'turn_latency', of: 'p50', limit: \d+, on: 'estimate' \},/,
  );
  const code = text.slice(text.indexOf('['), text.lastIndexOf(']') + 1);
  const pasted = (await import(`data:text/javascript,${encodeURIComponent(`export default ${code}`)}`)) as {
    default: unknown;
  };
  expect(pasted.default).toEqual(proposed.proposals.map(({ bound }) => bound));
});

test('every starter bound is of a metric that exists, in its direction and range', () => {
  for (const { metric: name, of, limit, on } of STARTER) {
    const metric = metrics.get(name);
    if (name !== 'failed_call') expect(metric, name).toBeDefined();
    expect(on).toBe('estimate');
    if (of === 'rate') expect(limit > 0 && limit < 1).toBe(true);
  }
});

const OFFICE = { ...head, evidence: ['wire', 'office'] as const };
const tried = (
  stakes: 'low' | 'medium' | 'high',
  n: number,
  failed = 0,
  more: Partial<ScoredCall> = {},
): ScoredCall[] =>
  Array.from({ length: n }, (_, i) =>
    call([], { head: OFFICE, plan: { ...plan, stakes }, outcome: i < failed ? 'failed' : 'passed', ...more }),
  );
const ready = (calls: readonly ScoredCall[], gates: readonly GateResult[] = [], checked = true) =>
  readiness(calls, gates, 'pass', checked).map(({ stakes, verdict, why }) => `${stakes} ${verdict}: ${why}`);

test('an agent may take a class of calls only when enough of them were tried, seen and right', () => {
  expect(ready([...tried('low', 36), ...tried('medium', 60), ...tried('high', 3, 3)])).toEqual([
    'low yes: failed calls are within what is tolerated',
    'medium open: needs 12 more without a failure',
    'high no: too many failed',
  ]);
  expect(ready(tried('low', 35))[0]).toBe('low open: needs 1 more without a failure');
  expect(ready(tried('low', 40, 2))[0]).toBe('low open: too few calls to tell');
  expect(ready([])).toEqual(['low open: none was tried', 'medium open: none was tried', 'high open: none was tried']);
});

test('nobody is called ready by calls whose result nobody saw, or whose instrument nobody checked', () => {
  const blind = tried('low', 400, 0, { head: { ...head, evidence: ['wire'] }, notSeen: { task_success: ['world'] } });
  expect(ready(blind)[0]).toBe('low open: nobody saw what came of these calls');
  expect(ready(tried('low', 400), [], false)[0]).toBe('low open: no metronome call checked the instrument');
  expect(readiness(tried('low', 400), [], 'invalid', true)[0]?.why).toBe('this run cannot be trusted');
  expect(readiness(blind, [], 'pass', true)[0]?.evidence).toEqual(['wire']);
});

test('a suite says itself what a class of stakes must hold', () => {
  const bounds = [
    { metric: 'failed_call', of: 'rate', limit: 0.2, stakes: 'high' },
    { metric: 'turn_latency', of: 'p50', limit: 500, stakes: 'high' },
  ] as const;
  const slow = tried('high', 40).map((one) => ({ ...one, scores: [score('turn_latency', 900)] }));
  const quick = tried('low', 40).map((one) => ({ ...one, scores: [score('turn_latency', 300)] }));
  const results = gate([...slow, ...quick], bounds, metrics);
  expect(results.map(({ name, verdict, n }) => `${name}: ${verdict}, ${n}`)).toEqual([
    'failed_call max <= 0, low stakes: pass, 40',
    'failed_call rate <= 0.2, high stakes: pass, 40',
    'turn_latency p50 <= 500 ms, high stakes: fail, 40',
  ]);
  expect(ready([...slow, ...quick], results)).toEqual([
    'low yes: failed calls are within what is tolerated',
    'medium open: none was tried',
    'high no: turn_latency p50 <= 500 ms, high stakes failed',
  ]);
});
