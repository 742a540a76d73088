import { expect, test } from 'vitest';
import type { CallView } from '../../../../harness/model/metric.ts';
import type { CallEvent } from '../../../../harness/model/record.ts';
import { scoreCall } from '../../../../metrics/score.ts';
import { viewOf, type Golden } from '../../../golden/golden.ts';
import { measures } from '../../../golden/measures.ts';

const metrics = await measures();

const viewWith = (
  agent: Golden['agent'],
  events: readonly Partial<CallEvent>[],
  more: Partial<Golden> = {},
): CallView => viewOf({ about: '', agent, events, expect: { outcome: '', scores: {} }, ...more });

const sounds = (...spans: readonly (readonly [number, number])[]): Golden['agent'] =>
  spans.map(([onset, stop]) => ({ onset, stop }) as Golden['agent'][number]);

const said = (line: string, onset: number, end: number, more: object = {}): Partial<CallEvent> =>
  ({ kind: 'said', line, onset, end, ...more }) as Partial<CallEvent>;

const stimulus = (kind: string, onset: number, end: number, more: object = {}): Partial<CallEvent> =>
  ({ kind: 'stimulus', id: kind, stimulus: kind, onset, end, ...more }) as Partial<CallEvent>;

const ended = (at: number, by = 'us', reason = 'hung-up'): Partial<CallEvent> =>
  ({ source: 'wire', kind: 'ended', at, ending: { by, reason, at, detail: '' } }) as Partial<CallEvent>;

test.each([
  ['a reply', sounds([1300, 2000]), 'reply', 300],
  ['a reply that overlaps the last 100 ms of the turn', sounds([900, 2000]), 'reply', -100],
  ['the next line of the caller', sounds([6000, 7000]), 'caller', 4000],
] as const)('the wait for a reply ends with %s', (_, agent, why, latency) => {
  const [turn] = viewWith(agent, [said('a', 0, 1000), said('b', 5000, 5500), ended(20_000)]).turns;
  expect(turn).toMatchObject({ waitEnded: why, agentSpeaking: false });
  expect(turn!.waitedUntil - turn!.callerEnd).toBe(latency);
});

test.each([
  ['after 10 s', [ended(30_000)], 'limit', 11_000],
  ['with the end of the call', [ended(4000)], 'end', 4000],
  ["with the agent's hang-up", [ended(4000, 'them')], 'agent-hung-up', 4000],
  [
    'when a desk joins',
    [{ source: 'wire', kind: 'desk-joined', at: 3000, desk: 'billing' }, ended(9000, 'them')],
    'end',
    3000,
  ],
] as const)('a wait in silence ends %s', (_, events, why, until) => {
  const [turn] = viewWith([], [said('a', 0, 1000), ...(events as readonly Partial<CallEvent>[])]).turns;
  expect(turn).toMatchObject({ waitEnded: why, waitedUntil: until });
});

test('silence after a greeting that began with the call is hers: she has waited for nothing', () => {
  const answered = { source: 'wire', kind: 'answered', at: 0 } as Partial<CallEvent>;
  const view = viewWith(sounds([0, 3500], [8700, 9500]), [answered, said('a', 8000, 8500), ended(9600)]);
  const dead = scoreCall(view, metrics).scores.filter(({ metric }) => metric === 'dead_air');
  expect(dead.map(({ value, of }) => [value, of])).toEqual([[0, 'a']]);
});

test('an agent that talks over the end of a turn has no latency, but an overlap', () => {
  const view = viewWith(sounds([500, 3000]), [said('a', 0, 2000), ended(9000)]);
  expect(view.turns[0]).toMatchObject({ agentSpeaking: true });
  const scored = scoreCall(view, metrics);
  const of = (name: string): number[] =>
    scored.scores.filter(({ metric }) => metric === name).map(({ value }) => value);
  expect(of('turn_latency')).toEqual([]);
  expect(of('cut_in')).toEqual([1]);
  expect(of('agent_overlap')).toEqual([1500]);
});

test('a line she broke off because the agent came in is a cut-in', () => {
  const view = viewWith(sounds([900, 3000]), [said('a', 0, 1300, { cut: true }), ended(9000)]);
  const cut = scoreCall(view, metrics).scores.filter(({ metric }) => metric === 'cut_in');
  expect(cut.map(({ value }) => value)).toEqual([1]);
});

test('clauses 150 ms apart are one utterance, 250 ms apart are two', () => {
  expect(viewWith(sounds([0, 500], [650, 900]), [ended(2000)]).utterances).toHaveLength(1);
  expect(viewWith(sounds([0, 500], [750, 900]), [ended(2000)]).utterances).toHaveLength(2);
});

test('an answer to an interruption is not the old utterance going on', () => {
  const answered = viewWith(sounds([0, 1200], [1900, 3000]), [stimulus('interruption', 1000, 1600), ended(9000)]);
  expect(answered.reactions[0]).toMatchObject({ stop: 1200 });
  const goesOn = viewWith(sounds([0, 1200], [1900, 3000]), [stimulus('interruption', 1000, 2500), ended(9000)]);
  expect(goesOn.reactions[0]).toMatchObject({ stop: 3000 });
});

test.each([
  [500, undefined, 1],
  [900, 2100, 0],
  [2500, undefined, 0],
])('a break of %i ms at a cough is told for what it is', (gap, resumed, hiccups) => {
  const view = viewWith(sounds([0, 1200], [1200 + gap, 5000]), [stimulus('cough', 1000, 1200), ended(9000)]);
  expect(view.reactions[0]!.resumed).toBe(resumed);
  expect(view.reactions[0]!.hiccups).toHaveLength(hiccups);
});

test('a stop for her own words soon after a cough is not laid at the cough’s door', () => {
  const sounded = [stimulus('cough', 1000, 1300), stimulus('interruption', 1900, 3000), ended(9000)];
  const after = viewWith(sounds([0, 1970]), sounded);
  expect(after.reactions[0]).toMatchObject({ stop: undefined, resumed: undefined });
  expect(after.reactions[1]).toMatchObject({ stop: 1970 });
  expect(viewWith(sounds([0, 1200]), sounded).reactions[0]).toMatchObject({ stop: 1200 });
});

test('a sham that would have taken the floor excuses no stop', () => {
  const sham = stimulus('interruption', 1500, 2600, { sham: true });
  const view = viewWith(sounds([0, 1970]), [stimulus('cough', 1000, 1300), sham, ended(9000)]);
  expect(view.reactions[0]).toMatchObject({ stop: 1970 });
});

test('a stimulus into silence says nothing about stopping', () => {
  const scored = scoreCall(viewWith(sounds([0, 800]), [stimulus('interruption', 1000, 1600), ended(9000)]), metrics);
  expect(scored.scores.filter(({ metric }) => ['stop_time', 'yield_rate'].includes(metric))).toEqual([]);
});

test('what was mumbled, cut off, told to a desk or only a sham is not in the ledger', () => {
  const view = viewWith(
    [],
    [
      said('a', 0, 500, { facts: { day: 'monday', name: 'ann' } }),
      said('b', 1000, 1500, { facts: { day: 'friday' }, mumbled: true }),
      said('c', 2000, 2500, { facts: { day: 'sunday' }, cut: true }),
      said('d', 3000, 3500, { facts: { phone: '1' }, desk: true }),
      stimulus('correction', 4000, 4500, { facts: { name: 'bea' }, sham: true }),
      stimulus('correction', 5000, 5500, { facts: { day: 'tuesday' } }),
      ended(9000),
    ],
  );
  expect(view.ledger).toEqual({ day: 'tuesday', name: 'ann' });
});

test('a stimulus never played makes a call invalid, unless the agent broke something or ended it', () => {
  const unfired = {
    source: 'caller',
    kind: 'not-fired',
    at: 8000,
    id: 'cough-1',
    why: 'the agent never spoke',
  } as Partial<CallEvent>;
  const outcome = (events: readonly Partial<CallEvent>[], more: Partial<Golden> = {}): string =>
    scoreCall(viewWith(sounds([0, 1000]), [unfired, ...events], more), metrics).outcome;
  expect(outcome([ended(9000)])).toBe('invalid');
  expect(outcome([ended(9000, 'them')])).toBe('passed');
  const mustHandOver = { plan: { expect: { handoff: { truth: 'must', facts: [] } } } } as const;
  expect(outcome([ended(9000)], mustHandOver)).toBe('failed');
});

test('a stimulus 61 ms from its instant, or noise 1.5 dB off, spoils a call', () => {
  const late = viewWith(sounds([0, 2000]), [stimulus('cough', 1061, 1200, { intended: 1000 }), ended(9000)]);
  expect(scoreCall(late, metrics).reasons).toEqual(['stimulus "cough" came 61 ms late at 0:01.1 (limit 60 ms)']);
  const cafe = { plan: { place: { name: 'cafe', snrDb: 20 } }, activity: { callerDb: -26, callerFloorDb: -44.5 } };
  const noisy = viewWith(sounds([0, 2000]), [ended(9000)], cafe);
  expect(scoreCall(noisy, metrics)).toMatchObject({
    outcome: 'invalid',
    reasons: [expect.stringContaining('18.5 dB where 20 dB')],
  });
});

test('late packets widen what was measured beside them, and spoil only what they could have changed', () => {
  const pacing = (lateAt: readonly number[]): Partial<CallEvent> =>
    ({
      source: 'wire',
      kind: 'pacing',
      at: 9000,
      packets: 450,
      late: lateAt.length,
      maxLateMs: 12,
      maxGapMs: 32,
      lateAt,
    }) as Partial<CallEvent>;
  const events = [said('a', 2000, 3000), ended(9000)];
  const far = scoreCall(viewWith(sounds([3400, 5000]), [...events, pacing([7000])]), metrics);
  expect(far.outcome).toBe('passed');
  const near = scoreCall(viewWith(sounds([3400, 5000]), [...events, pacing([3100])]), metrics);
  expect(near.outcome).toBe('invalid');
  expect(near.scores.find(({ metric }) => metric === 'turn_latency')!.u).toBe(12);
});

test('metrics without their evidence are not seen, and say what they need', () => {
  const scored = scoreCall(viewWith([], [ended(9000)], { evidence: ['wire'] }), metrics);
  expect(scored.notSeen['task_success']).toEqual(['world']);
  expect(scored.notSeen['turn_latency']).toBeUndefined();
  expect(scored.scores.some(({ metric }) => metric === 'task_success')).toBe(false);
});
