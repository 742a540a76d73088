import { expect, test } from 'vitest';
import blind from '../../agent/transfers/blind.ts';
import type { Line } from '../../harness/model/line.ts';
import type { CallEvent } from '../../harness/model/record.ts';
import { callAgent, soundings } from './agent-call.ts';
import type { CallOutcome, CallSetting, Caller } from './agent-call.ts';

const BILL = 'this is henry clark i have a question about my bill';

type Of<Kind extends CallEvent['kind']> = Extract<CallEvent, { kind: Kind }>;
const of = <Kind extends CallEvent['kind']>(seen: readonly CallEvent[], kind: Kind): readonly Of<Kind>[] =>
  seen.filter((event): event is Of<Kind> => event.kind === kind);

/** Until the first desk has rung, or its context has been left. */
const handedOver = async (caller: Caller): Promise<void> => {
  await caller.agentDone();
  await caller.say(BILL);
};

const call = (
  setting: Omit<CallSetting, 'sentences'> & { readonly sentences?: readonly string[] },
  then: (caller: Caller) => Promise<void> = (caller) => caller.wait(30_000),
): Promise<CallOutcome> =>
  callAgent({ ...setting, sentences: [BILL, ...(setting.sentences ?? [])] }, async (caller) => {
    await handedOver(caller);
    await then(caller);
  });

/** When the agent is next heard after `at`, ms on the call's clock. */
function voiceAfter(line: Line, at: number): number {
  const { receivedAudio, maps } = line.leg();
  const origin = maps[0]?.originMs ?? 0;
  const index = receivedAudio.findIndex((sample, i) => origin + i / 8 > at && Math.abs(sample) > 400);
  return index < 0 ? Infinity : origin + index / 8;
}

const said = ({ claims }: CallOutcome): readonly string[] =>
  claims.flatMap((claim) => (claim.what === 'said' ? [claim.text ?? ''] : []));

test('a desk is asked before she is sent to it: context first, then its telephone, then hers', async () => {
  const { seen, line } = await call({ desks: 'answer' });
  const story = seen.flatMap((event) => {
    if (event.kind === 'packet') return [`packet for ${event.packet.desk}`];
    if (event.kind === 'desk-rang') return [`${event.desk} rings for the ${event.for}`];
    return event.kind === 'desk-reacted' ? [`${event.how} for the ${event.for}`] : [];
  });
  expect(story).toEqual([
    'packet for billing',
    'billing rings for the agent',
    'answered for the agent',
    'billing rings for the caller',
    'answered for the caller',
  ]);
  expect((await line.ended).reason).toBe('transferred');
});

test('a desk that answers asks its questions when she is there, and none of the agent', async () => {
  const { seen } = await call({ desks: 'answer', required: ['name', 'birthdate'] });
  const [, hers] = of(seen, 'desk-rang');
  const asked = of(seen, 'desk-asked');
  expect(asked.map(({ fact }) => fact)).toEqual(['birthdate']);
  expect(asked[0]?.at).toBeGreaterThanOrEqual(hers?.at ?? Infinity);
});

test('nothing of the agent is heard once the desk is', async () => {
  let desk: Caller['desk'];
  const { line } = await call({ desks: 'answer' }, async (caller) => {
    await caller.wait(12_000);
    desk = caller.desk;
  });
  const joined = desk?.leg().maps[0]?.originMs ?? NaN;
  expect(soundings(line).filter(({ to }) => to > joined)).toEqual([]);
  expect(desk && soundings(desk).length).toBeGreaterThan(0);
});

test.each([
  ['busy', 0],
  ['decline', 0],
  ['unreachable', 0],
  ['silent', 3000],
] as const)('a desk that is %s has the agent back with her within 4 s of being tried', async (desks, rung) => {
  const outcome = await call({ desks });
  const { seen, line, troubles } = outcome;
  const tries = desks === 'unreachable' ? of(seen, 'packet') : of(seen, 'desk-rang');
  expect(tries.length).toBeGreaterThanOrEqual(2);
  for (const { at } of tries) {
    const back = voiceAfter(line, at) - at;
    expect(back).toBeGreaterThanOrEqual(rung);
    expect(back).toBeLessThanOrEqual(rung === 0 ? 700 : 4000);
  }
  expect(of(seen, 'desk-rang').every((rang) => rang.for === 'agent')).toBe(true);
  expect(said(outcome).some((text) => text.includes('take a message'))).toBe(true);
  expect(troubles).toEqual([]);
});

test('the office knows how each ringing ended', async () => {
  const ways = { busy: 'busy', decline: 'declined', silent: 'silent' } as const;
  for (const [desks, how] of Object.entries(ways)) {
    const { seen } = await call({ desks: desks as keyof typeof ways });
    const reactions = of(seen, 'desk-reacted');
    expect(reactions.length).toBe(of(seen, 'desk-rang').length);
    expect(new Set(reactions.map((reaction) => reaction.how))).toEqual(new Set([how]));
  }
  expect(of((await call({ desks: 'unreachable' })).seen, 'desk-rang')).toEqual([]);
});

/** She says `text` a second after the first desk began to ring in vain. */
const whileItRings = async (caller: Caller, text: string): Promise<void> => {
  await caller.agentDone();
  await caller.wait(200);
  await caller.say(text);
};

test('a value she tells while a desk rings in vain travels to the next', async () => {
  const correction = "it's paula jones";
  const { seen } = await call({ desks: 'silent', sentences: [correction] }, async (caller) => {
    await whileItRings(caller, correction);
    await caller.wait(20_000);
  });
  expect(of(seen, 'packet').map(({ packet }) => [packet.desk, packet.facts['name']])).toEqual([
    ['billing', 'henry clark'],
    ['front desk', 'paula jones'],
  ]);
});

test('who takes her leave while a desk rings in vain is let go', async () => {
  const outcome = await call({ desks: 'silent', sentences: ['bye'] }, async (caller) => {
    await whileItRings(caller, 'bye');
    await caller.line.ended;
  });
  expect(said(outcome).at(-1)).toContain('Goodbye');
  expect((await outcome.line.ended).by).toBe('them');
  expect(of(outcome.seen, 'packet')).toHaveLength(1);
});

test('when she hangs up the desk stops ringing, and no other is tried', async () => {
  let at = NaN;
  const { seen, troubles } = await call({ desks: 'silent' }, async (caller) => {
    await caller.agentDone();
    await caller.wait(500);
    at = caller.clock.now();
    await caller.line.hangUp();
    await caller.wait(10_000);
  });
  expect(of(seen, 'desk-reacted')).toMatchObject([{ at, how: 'silent' }]);
  expect(of(seen, 'packet')).toHaveLength(1);
  expect(troubles).toEqual([]);
});

test('a desk that waits for a telephone which never follows is let go, and the agent is back', async () => {
  const outcome = await call({ desks: 'answer', neverFollows: true });
  expect(said(outcome).some((text) => text.includes('take a message'))).toBe(true);
  expect(outcome.troubles).toEqual([]);
});

test.each([
  ['that cannot call out', { cannotDial: true }],
  ['that is made to', { parts: (sound: object) => ({ ...sound, transfer: blind }) }],
] as const)('an agent %s transfers blind', async (_, setting) => {
  const { seen, line } = await call({ desks: 'answer', ...(setting as object) });
  expect(of(seen, 'desk-rang')).toMatchObject([{ desk: 'billing', for: 'caller' }]);
  expect((await line.ended).reason).toBe('transferred');
});
