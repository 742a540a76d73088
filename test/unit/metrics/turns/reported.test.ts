import { expect, test } from 'vitest';
import type { Score } from '../../../../harness/model/metric.ts';
import type { CallEvent } from '../../../../harness/model/record.ts';
import { ms } from '../../../../harness/model/time.ts';
import { scoreCall } from '../../../../metrics/score.ts';
import { viewOf, type Golden } from '../../../golden/golden.ts';
import { measures } from '../../../golden/measures.ts';

const metrics = await measures();
const END = ms(20_000);
const said = (line: string, at: number, facts: Record<string, string>): Partial<CallEvent> =>
  ({ kind: 'said', line, onset: at, end: at + 1000, facts }) as Partial<CallEvent>;
const ended = { source: 'wire', kind: 'ended', at: END, ending: { at: END, by: 'us', reason: 'hung-up' } } as CallEvent;
const packet = (facts: Record<string, string>): CallEvent => ({
  source: 'hook',
  kind: 'packet',
  at: END,
  id: 'golden',
  packet: { desk: 'billing', intent: '', reason: '', facts, done: [], pending: [] },
});
const handedTo = (desk: string): CallEvent => ({ source: 'hook', kind: 'handed-to', at: END, desk });
const committed = (action: string, values: Record<string, string>): CallEvent => ({
  source: 'hook',
  kind: 'commit',
  at: END,
  action,
  values,
  id: 'golden#1',
});

/** A call of which only the sound and the check hook's report are known. */
function scored(events: readonly Partial<CallEvent>[], plan: NonNullable<Golden['plan']>, more: Partial<Golden> = {}) {
  const golden: Golden = {
    about: '',
    evidence: ['wire', 'hooks'],
    agent: [{ onset: ms(200), stop: ms(1500) }],
    events: [...events, ended],
    plan,
    expect: { outcome: '', scores: {} },
    ...more,
  };
  return scoreCall(viewOf(golden), metrics);
}

const values = ({ scores }: { readonly scores: readonly Score[] }, metric: string): number[] =>
  scores.filter((one) => one.metric === metric).map(({ value }) => value);

const BOOK = {
  expect: { commit: { action: 'book', slots: ['day'] }, handoff: { truth: 'must-not', facts: [] } },
} as const;
const told = [said('day', 3000, { day: 'monday' }), said('other', 9000, { day: 'tuesday' })];

test('what a check hook reports is held against what she said last', () => {
  const right = scored([...told, committed('book', { day: 'tuesday' })], BOOK);
  expect([values(right, 'task_success'), values(right, 'change_of_mind'), right.outcome]).toEqual([[1], [1], 'passed']);
  const stale = scored([...told, committed('book', { day: 'monday' })], BOOK);
  expect([values(stale, 'task_success'), stale.outcome]).toEqual([[0], 'failed']);
  expect(values(scored(told, BOOK), 'task_success')).toEqual([0]);
});

const BILL = {
  expect: { handoff: { truth: 'must', desk: 'billing', facts: ['name'] } },
  lines: [],
} as unknown as NonNullable<Golden['plan']>;
const name = said('opening', 3000, { name: 'maya lopez' });

test('a handoff inside the agent’s own switchboard is known by the hook, and given no instant', () => {
  const right = scored([name, handedTo('billing'), packet({ name: 'maya lopez' })], BILL);
  expect(values(right, 'handoff_decision')).toEqual([1]);
  expect(values(right, 'route_accuracy')).toEqual([1]);
  expect(values(right, 'context_recall')).toEqual([1]);
  expect(values(right, 'handoff_trigger_latency')).toEqual([]);
  const wrong = scored([name, handedTo('nurse'), packet({})], BILL);
  expect([values(wrong, 'route_accuracy'), values(wrong, 'context_recall')]).toEqual([[0], [0]]);
  expect(values(scored([name], BILL), 'handoff_decision')).toEqual([0]);
});

test('what is reported when all is over counts as done when the agent said so', () => {
  const words: NonNullable<Golden['words']> = [
    ['you', 5000, 5200],
    ['are', 5200, 5400],
    ['booked', 5400, 5800],
  ];
  const gap = (events: readonly CallEvent[]): number[] =>
    values(scored([...told, ...events], BOOK, { words }), 'say_do_gap');
  expect(gap([])).toContain(1);
  expect(gap([committed('book', { day: 'tuesday' })])).not.toContain(1);
});
