import { expect, test } from 'vitest';
import type { Bound, Metric, Score, ScoredCall } from '../../../../harness/model/metric.ts';
import { chance } from '../../../../harness/model/seed.ts';
import { ms } from '../../../../harness/model/time.ts';
import { doseInterval, tradeoff } from '../../../../metrics/gate/curve.ts';
import { gate, type GateResult } from '../../../../metrics/gate/gate.ts';
import { summarise } from '../../../../metrics/gate/summary.ts';
import { goldens, viewOf } from '../../../golden/golden.ts';
import { measures } from '../../../golden/measures.ts';

const metrics: ReadonlyMap<string, Metric> = await measures();
const { head, plan } = viewOf(goldens().get('plain-booking')!);

const seen = (metric: string, value: number, dose?: number): Score => ({
  metric,
  value,
  censored: false,
  u: 2,
  at: ms(0),
  of: 'it',
  class: '',
  note: 'seen',
  ...(dose === undefined ? {} : { dose }),
});

const callOf = (scores: readonly Score[], persona = 'henry'): ScoredCall => ({
  head,
  plan: { ...plan, persona },
  outcome: 'passed',
  reasons: [],
  scores,
  notSeen: {},
});

/** Calls of four pauses each, by an agent that cuts in on half the pauses of `middle` ms. */
function pausing(n: number, middle: number, seed = 1): readonly ScoredCall[] {
  const dice = chance(seed);
  return Array.from({ length: n }, () =>
    callOf(
      Array.from({ length: 4 }, () => {
        const dose = dice.between(150, 4000);
        return seen('pause_tolerance', dice.next() < 1 / (1 + (middle / dose) ** 6) ? 1 : 0, dose);
      }),
    ),
  );
}

const judge = (calls: readonly ScoredCall[], bound: Bound): GateResult =>
  gate(calls, [bound], metrics).find(({ metric }) => metric === bound.metric)!;

test('a gate on pause tolerance passes, fails and stays open as the curve and the number of pauses allow', () => {
  const at = (limit: number): Bound => ({ metric: 'pause_tolerance', of: 'at50', limit });
  const many = pausing(60, 1200);
  expect(judge(many, at(700))).toMatchObject({ verdict: 'pass', n: 240 });
  expect(judge(many, at(2500)).verdict).toBe('fail');
  expect(judge(many, at(1200)).verdict).toBe('inconclusive');
  expect(judge(many, at(700)).name).toBe('pause_tolerance at50 >= 700 ms');
  expect(judge(pausing(1, 1200), at(700)).verdict).toBe('inconclusive');
});

test('two short pauses waited out are no proof that a second would be', () => {
  const two = [callOf([seen('pause_tolerance', 0, 200), seen('pause_tolerance', 0, 250)])];
  const result = judge(two, { metric: 'pause_tolerance', of: 'at10', limit: 1000 });
  expect(result).toMatchObject({ verdict: 'inconclusive', value: Infinity });
  expect(result.why).toContain('not reached');
  const many = Array.from({ length: 40 }, () => callOf([seen('pause_tolerance', 0, 1500)]));
  expect(judge(many, { metric: 'pause_tolerance', of: 'at10', limit: 1000 }).verdict).toBe('pass');
  expect(judge(many, { metric: 'pause_tolerance', of: 'at10', limit: 2000 }).verdict).toBe('inconclusive');
});

test('the interval of a dose covers the truth about as often as it says', () => {
  const runs = 20;
  const covering = Array.from({ length: runs }, (_, run) => {
    const byCall = pausing(20, 1000, run + 1).map(({ scores }) => scores);
    const { low, high } = doseInterval(byCall, 0.5);
    return low <= 1000 && high >= 1000;
  }).filter(Boolean).length;
  expect(covering / runs).toBeGreaterThanOrEqual(0.85);
});

test('neither waiting longer nor answering sooner buys a better tradeoff', () => {
  const agent = (waits: number): Score[] => [
    ...Array.from({ length: 20 }, () => seen('eot_tradeoff', waits + 100)),
    ...[200, 400, 600, 900, 1300, 1900, 2800].map((dose) => seen('eot_tradeoff', dose > waits ? 1 : 0, dose)),
  ];
  const [quick, slow] = [tradeoff(agent(500))!, tradeoff(agent(1500))!];
  expect(Math.abs(quick - slow)).toBeLessThan(350);
  const knowing = [...agent(1500).filter(({ dose }) => dose !== undefined), seen('eot_tradeoff', 300)];
  expect(tradeoff(knowing)!).toBeLessThan(Math.min(quick, slow) - 500);
  // Never seen to cut in: the longest pause tried is all that it is credited with.
  expect(tradeoff([seen('eot_tradeoff', 700), seen('eot_tradeoff', 0, 900)])).toBe(-200);
  expect(tradeoff([seen('eot_tradeoff', 700)])).toBeUndefined();
  const result = judge([callOf(agent(500))], { metric: 'eot_tradeoff', of: 'difference', limit: 5000, on: 'estimate' });
  expect(result.value).toBe(quick);
});

test('a curve is summed up by its doses, and one out of reach is left out', () => {
  const summary = summarise(pausing(60, 1200), metrics)['pause_tolerance']!;
  expect(Math.abs(summary.at50! - 1200)).toBeLessThan(200);
  expect(summary.at10!).toBeLessThan(summary.at50!);
  const held = summarise([callOf([seen('pause_tolerance', 0, 900)])], metrics)['pause_tolerance']!;
  expect(held).toMatchObject({ n: 1, unit: 'ms' });
  expect(held.at10).toBeUndefined();
});

test('an average that hides one caller names her', () => {
  const of = (persona: string, value: number): ScoredCall[] =>
    Array.from({ length: 5 }, () => callOf([seen('cut_in', value)], persona));
  const result = judge([...of('paula', 0), ...of('henry', 1)], { metric: 'cut_in', of: 'rate', limit: 0.6 });
  expect(result.worstStratum).toEqual({ by: 'persona', name: 'henry', value: 1, n: 5 });
  expect(judge(of('paula', 0), { metric: 'cut_in', of: 'rate', limit: 0.6 }).worstStratum).toBeUndefined();
});

test('eight turns of one call do not prove what eight calls would', () => {
  const bound: Bound = { metric: 'missed_turn', of: 'rate', limit: 0.45 };
  const clustered = Array.from({ length: 10 }, (_, i) =>
    callOf(Array.from({ length: 8 }, () => seen('missed_turn', i < 3 ? 1 : 0))),
  );
  const free = Array.from({ length: 80 }, (_, i) => callOf([seen('missed_turn', i < 24 ? 1 : 0)]));
  const [wide, narrow] = [judge(clustered, bound), judge(free, bound)];
  expect(wide.high! - wide.low!).toBeGreaterThan(2 * (narrow.high! - narrow.low!));
  expect([wide.verdict, narrow.verdict]).toEqual(['inconclusive', 'pass']);
});
