import { expect, test } from 'vitest';
import type { CallView } from '../../../../harness/model/metric.ts';
import type { Plan } from '../../../../harness/model/plan.ts';
import type { CallEvent } from '../../../../harness/model/record.ts';
import { attemptsOf } from '../../../../metrics/turns/attempts.ts';

type Seen = Partial<CallEvent> & { readonly at: number };

const attempts = (desks: Plan['desks'], ...events: readonly Seen[]): readonly object[] =>
  attemptsOf({ plan: { desks }, events } as unknown as CallView);

const rang = (at: number, who: 'agent' | 'caller'): Seen => ({ kind: 'desk-rang', at, for: who }) as Seen;
const reacted = (at: number, who: 'agent' | 'caller', how: string): Seen =>
  ({ kind: 'desk-reacted', at, for: who, how }) as Seen;
const refer = (at: number): Seen => ({ kind: 'refer', at }) as Seen;
const failed = (at: number): Seen => ({ kind: 'transfer-failed', at, detail: '486 Busy Here' }) as Seen;
const packet = (at: number): Seen => ({ kind: 'packet', at }) as Seen;

test('a REFER after a desk has answered the agent is one attempt with it, which began at its first ring', () => {
  const seen = [packet(9), rang(10, 'agent'), reacted(11, 'agent', 'answered'), refer(12), rang(13, 'caller')];
  expect(attempts('answer', ...seen)).toMatchObject([{ at: 10, answered: 11, refer: { at: 12 } }]);
});

test('a desk that refuses the agent is an attempt that never reached her wire, and the next is another', () => {
  const seen = [rang(10, 'agent'), reacted(12, 'agent', 'busy'), rang(20, 'agent'), reacted(50, 'agent', 'silent')];
  expect(attempts('busy', ...seen)).toMatchObject([
    { at: 10, failed: { at: 12, since: 12, why: 'busy' } },
    { at: 20, failed: { at: 50, since: 20, why: 'nobody answered' } },
  ]);
});

test('sent blind, her telephone and the desk tell of one failure: the desk first, since it is the earlier', () => {
  const busy = [refer(10), rang(11, 'caller'), reacted(12, 'caller', 'busy'), failed(15)];
  expect(attempts('busy', ...busy)).toMatchObject([{ at: 10, failed: { at: 12, since: 12 } }]);
  const silent = [refer(10), rang(11, 'caller'), reacted(30, 'caller', 'silent'), failed(31)];
  expect(attempts('silent', ...silent)).toMatchObject([{ at: 10, failed: { at: 30, since: 11 } }]);
  expect(attempts('busy', refer(10), failed(15))).toMatchObject([{ failed: { since: 15, why: '486 Busy Here' } }]);
});

test('a packet is an attempt only where no desk could have rung', () => {
  expect(attempts('answer', packet(10))).toEqual([]);
  expect(attempts('unreachable', packet(10))).toMatchObject([{ at: 10, failed: { since: 10 } }]);
  expect(attempts('unreachable', packet(10), refer(12), failed(14))).toMatchObject([{ at: 12, failed: { since: 14 } }]);
});

test('her telephone that fails after the desk has answered the agent fails that attempt', () => {
  const seen = [rang(10, 'agent'), reacted(11, 'agent', 'answered'), refer(12), failed(20)];
  expect(attempts('answer', ...seen)).toMatchObject([{ at: 10, failed: { at: 20, since: 20 } }]);
});

test('what happens in one instant is told in the order in which it must have happened', () => {
  const attended = [refer(10), packet(10), rang(10, 'agent'), reacted(10, 'agent', 'answered'), rang(10, 'caller')];
  expect(attempts('answer', ...attended)).toMatchObject([{ at: 10, answered: 10, refer: { at: 10 } }]);
  const blind = [refer(10), failed(40), rang(10, 'caller'), reacted(40, 'caller', 'silent')];
  expect(attempts('silent', ...blind)).toMatchObject([{ at: 10, failed: { at: 40, since: 10 } }]);
});
