import { expect, test } from 'vitest';
import { after } from '../../harness/model/time.ts';
import type { Claim, OfficeReply, OfficeRequest } from '../../harness/model/office.ts';
import { callAgent } from './agent-call.ts';
import type { Caller } from './agent-call.ts';

const said = (claims: readonly Claim[]): readonly string[] =>
  claims.flatMap((claim) => (claim.what === 'said' ? [claim.text ?? ''] : []));

const REQUEST = 'a cleaning on tuesday at three for paula jones';
const NUMBER = 'five five five oh one four two';

async function talk(caller: Caller, ...sentences: readonly string[]): Promise<void> {
  for (const sentence of sentences) {
    await caller.agentDone();
    await caller.say(sentence);
  }
}

async function type(caller: Caller, keys: string): Promise<void> {
  for (const key of keys) {
    caller.line.sendKey(key as '0');
    await caller.wait(250);
  }
}

test('a number that is typed is read back and booked, and one confirms it', async () => {
  const { claims, requests, troubles } = await callAgent({ sentences: [REQUEST] }, async (caller) => {
    await talk(caller, REQUEST);
    await caller.agentDone();
    await type(caller, '5550142');
    await caller.wait(8000);
    await type(caller, '1');
    await caller.wait(3000);
  });
  expect(troubles).toEqual([]);
  expect(said(claims).find((text) => text.includes('Is that right?'))).toContain('five five five, zero one four two');
  expect(requests.filter(({ kind }) => kind === 'commit')).toMatchObject([{ values: { phone: '5550142' } }]);
});

test('a key pressed while the agent speaks silences it at once', async () => {
  let stopped = NaN;
  const { claims } = await callAgent({ sentences: [REQUEST] }, async (caller) => {
    await talk(caller, REQUEST);
    while (!caller.sounding()) await caller.wait(10);
    await caller.wait(200);
    const pressed = caller.clock.now();
    caller.line.sendKey('5');
    while (caller.sounding() && caller.clock.now() - pressed < 2000) await caller.wait(10);
    stopped = caller.clock.now() - pressed - 60;
    await caller.wait(1500);
  });
  expect(stopped).toBeLessThanOrEqual(250);
  expect(said(claims).at(-1)).not.toContain('number?');
});

test.each([
  [300, 0],
  [650, 0],
  [900, 1],
  [12_000, 1],
])('an office that takes %d ms is excused %d times', async (delayMs, times) => {
  const waits: { until: (() => Promise<void>) | undefined } = { until: undefined };
  const office = (request: OfficeRequest): OfficeReply | Promise<OfficeReply> => {
    const done: OfficeReply = { kind: 'done', id: '1' };
    return request.kind === 'commit' ? (waits.until?.() ?? Promise.resolve()).then(() => done) : done;
  };
  const sentences = [REQUEST, NUMBER, 'yes'];
  const { claims, requests } = await callAgent({ sentences, office }, async (caller) => {
    waits.until = () => caller.clock.sleepUntil(after(caller.clock.now(), delayMs));
    await talk(caller, ...sentences);
    await caller.wait(delayMs + 4000);
  });
  expect(said(claims).filter((text) => text === 'One moment, please.')).toHaveLength(times);
  expect(said(claims).at(-1)).toContain("You're booked");
  expect(requests.filter(({ kind }) => kind === 'commit')).toHaveLength(1);
});

test('who asks us to hold on hears nothing for 28 s, and is welcomed on when she is back', async () => {
  const sentences = [REQUEST, 'hold on', 'okay', NUMBER, 'yes'];
  let quiet = true;
  const { claims, requests } = await callAgent({ sentences }, async (caller) => {
    await talk(caller, REQUEST, 'hold on');
    await caller.agentDone();
    for (let waited = 0; waited < 24_000; waited += 100) {
      await caller.wait(100);
      quiet &&= !caller.sounding();
    }
    await caller.say('okay');
    await talk(caller, NUMBER, 'yes');
    await caller.agentDone();
  });
  expect(quiet).toBe(true);
  expect(said(claims)).toContain("Welcome back. What's the best phone number?");
  expect(requests.filter(({ kind }) => kind === 'commit')).toHaveLength(1);
});

test('who says nothing any more is asked twice, differently, and then let go', async () => {
  const { claims, line } = await callAgent({ sentences: ["i'd like a cleaning"] }, async (caller) => {
    await talk(caller, "i'd like a cleaning");
    await caller.line.ended;
  });
  expect(said(claims).slice(-4)).toEqual([
    'Which day would you like?',
    'Which day would you like?',
    'Are you still there? Could you tell me just the day?',
    "I'll let you go, then. Please call again any time. Goodbye.",
  ]);
  expect((await line.ended).by).toBe('them');
});

test('thought better of after the booking, it is booked anew as a whole', async () => {
  const sentences = [REQUEST, NUMBER, 'yes', 'oh actually can we make that thursday', 'yes', "no that's all", 'bye'];
  const { requests } = await callAgent({ sentences }, async (caller) => {
    await talk(caller, ...sentences.slice(0, -1));
    await caller.agentDone();
  });
  expect(requests.filter(({ kind }) => kind === 'commit')).toMatchObject([
    { values: { day: 'tuesday' } },
    { action: 'book', values: { service: 'cleaning', day: 'thursday', time: '15:00', phone: '5550142' } },
  ]);
});

test('zero over the greeting stops it at once, and she is told where she is put through, after a breath', async () => {
  let stopped = NaN;
  let silent = NaN;
  const { claims, troubles, seen } = await callAgent({ sentences: [], desks: 'answer' }, async (caller) => {
    while (!caller.sounding()) await caller.wait(10);
    await caller.wait(700);
    const pressed = caller.clock.now();
    caller.line.sendKey('0');
    while (caller.sounding() && caller.clock.now() - pressed < 2000) await caller.wait(10);
    stopped = caller.clock.now() - pressed - 60;
    while (!caller.sounding() && caller.clock.now() - pressed < 3000) await caller.wait(10);
    silent = caller.clock.now() - pressed - stopped;
    await caller.wait(8000);
  });
  expect(troubles).toEqual([]);
  expect(stopped).toBeLessThanOrEqual(250);
  expect(silent).toBeGreaterThanOrEqual(200);
  expect(silent).toBeLessThanOrEqual(700);
  expect(said(claims).at(-1)).toContain("I'm putting you through to the front desk");
  expect(seen.some(({ kind }) => kind === 'desk-rang')).toBe(true);
});

const MUMBLED = 'murmur of the river';

/** Says nothing that could be understood, three times: she is offered a person. */
const toTheOffer = async (caller: Caller): Promise<void> => {
  await talk(caller, MUMBLED, MUMBLED, MUMBLED);
  await caller.agentDone();
};

test.each([
  ['yes', 1],
  [MUMBLED, 1],
  ['no', 0],
])('two failed repairs end in the offer of a person; "%s" rings %d desks', async (answer, desks) => {
  const sentences = [MUMBLED, 'yes', 'no'];
  const { claims, troubles, seen } = await callAgent({ sentences, desks: 'answer' }, async (caller) => {
    await toTheOffer(caller);
    await caller.say(answer);
    await caller.wait(8000);
  });
  expect(troubles).toEqual([]);
  const offer = said(claims).findIndex((text) => text.includes('Would you like me to put you through'));
  expect(offer).toBe(3);
  expect(seen.filter((event) => event.kind === 'desk-rang' && event.for === 'agent')).toHaveLength(desks);
  if (desks === 0) expect(said(claims)[4]).toContain('Of course. What can I do for you?');
});

test('who says nothing to the offer of a person is put through', async () => {
  const { claims, seen } = await callAgent({ sentences: [MUMBLED], desks: 'answer' }, async (caller) => {
    await toTheOffer(caller);
    await caller.wait(16_000);
  });
  expect(said(claims).at(-1)).toContain("I can't hear you well. I'm putting you through");
  expect(seen.some(({ kind }) => kind === 'desk-rang')).toBe(true);
});
