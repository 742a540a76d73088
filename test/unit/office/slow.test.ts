import { expect, test } from 'vitest';
import { VirtualClock } from '../../../harness/clock/virtual.ts';
import type { OfficeRequest } from '../../../harness/model/office.ts';
import { openOffice } from '../../../harness/office/office.ts';
import { readRequest } from '../../../harness/office/request.ts';

const orders = {
  expect: { handoff: { truth: 'may', facts: [] } },
  desks: 'answer',
  phone: { codec: 'PCMU', loss: 0 },
  seed: 1,
  office: { delayMs: 1500 },
} as const;

async function took(request: OfficeRequest): Promise<number> {
  const clock = new VirtualClock();
  const office = openOffice(clock);
  office.begin('slow', orders);
  return clock.run(
    office
      .door('slow')
      .ask(request)
      .then(() => clock.now()),
  );
}

test('a slow office takes its time over the calendar, and none over a handover or a claim', async () => {
  expect(await took({ kind: 'free', day: 'tuesday' })).toBe(1500);
  expect(await took({ kind: 'commit', action: 'book', values: {} })).toBe(1500);
  expect(await took({ kind: 'desks' })).toBe(0);
  const packet = { desk: 'billing', intent: '', reason: '', facts: {}, done: [], pending: [] };
  expect(await took({ kind: 'handoff', packet })).toBe(0);
});

test('what a commitment is stamped with is when it was written down, not when it was asked for', async () => {
  const clock = new VirtualClock();
  const office = openOffice(clock);
  office.begin('slow', orders);
  await clock.run(office.door('slow').ask({ kind: 'commit', action: 'book', values: {} }));
  expect(office.events('slow')).toMatchObject([{ kind: 'commit', at: 1500 }]);
});

test('a packet may leave out who calls and how she is, and nonsense in there is left out', () => {
  const read = (more: object): unknown =>
    readRequest({ kind: 'handoff', packet: { desk: 'billing', facts: {}, ...more } });
  const bare = { desk: 'billing', intent: '', reason: '', facts: {}, done: [], pending: [] };
  expect(read({})).toEqual({ kind: 'handoff', packet: bare });
  expect(read({ sentiment: 'purple', urgency: 7, identity: 'me', language: 3 })).toEqual({
    kind: 'handoff',
    packet: bare,
  });
  const whole = {
    sentiment: 'upset',
    urgency: 'urgent',
    language: 'en-US',
    transcript: 'call-7',
    identity: { name: 'paula jones', verified: 'read-back' },
  };
  expect(read(whole)).toEqual({ kind: 'handoff', packet: { ...bare, ...whole } });
  expect(read({ identity: { phone: '5550142', verified: 'surely' } })).toEqual({
    kind: 'handoff',
    packet: { ...bare, identity: { phone: '5550142', verified: 'unknown' } },
  });
});
