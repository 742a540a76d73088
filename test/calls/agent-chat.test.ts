import { setImmediate } from 'node:timers/promises';
import OpenAI from 'openai';
import { afterEach, expect, test } from 'vitest';
import { soundAgent } from '../../agent/agent.ts';
import type { Cue } from '../../agent/brain/dialogue.ts';
import { chatModel } from '../../agent/brains/openai.ts';
import { greeting, oneMoment } from '../../agent/brain/phrases.ts';
import { chatLead } from '../../agent/chat/lead.ts';
import { usualPatience } from '../../agent/chat/patience.ts';
import type { Patience } from '../../agent/chat/patience.ts';
import { callAgain, callsBack, handsOver, lostThread } from '../../agent/chat/phrases.ts';
import { claimer } from '../../agent/claims.ts';
import { isReply } from '../../agent/lead.ts';
import type { Lead } from '../../agent/lead.ts';
import { ownOffice } from '../../agent/office-own.ts';
import type { CallWorld } from '../../agent/world.ts';
import { realClock } from '../../harness/clock/real.ts';
import type { Ms } from '../../harness/model/time.ts';
import { callAgent, soundings } from './agent-call.ts';
import type { Caller, CallOutcome, CallSetting } from './agent-call.ts';
import { toneEar, toneVad, toneVoice } from './agent-tones.ts';
import { scriptedModel } from './scripted-model.ts';
import type { Behaviour, ScriptedModel } from './scripted-model.ts';

/** However busy the machine is, a server that is merely slow is no failure of a test. */
const patience: Patience = {
  ...usualPatience,
  soonMs: 60_000 as Ms,
  firstMs: 60_000 as Ms,
  stallMs: 60_000 as Ms,
  againMs: 5 as Ms,
};

const CLEANING = 'i would like a cleaning please';
const TUESDAY = 'on tuesday please';
const WAIT = 'no wait a moment please stop';

let server: ScriptedModel | undefined;
afterEach(() => server?.close());

/** A call to an agent whose brain is a scripted model. */
async function call(
  script: readonly Behaviour[],
  act: (caller: Caller) => Promise<void>,
  { waits = patience, ...setting }: Partial<CallSetting> & { readonly waits?: Patience } = {},
): Promise<CallOutcome & { readonly model: ScriptedModel; readonly said: readonly string[] }> {
  const model = (server = await scriptedModel(...script));
  const client = new OpenAI({ baseURL: model.url, apiKey: 'none', maxRetries: 0, logLevel: 'off' });
  const outcome = await callAgent(
    {
      sentences: [CLEANING, TUESDAY, WAIT],
      parts: (sound) => ({ ...sound, lead: chatLead(chatModel(client, 'scripted'), waits) }),
      ...setting,
    },
    act,
  );
  const said = outcome.claims.flatMap(({ what, text }) => (what === 'said' ? [text ?? ''] : []));
  expect(outcome.troubles).toEqual([]);
  return { ...outcome, model, said };
}

/** She says each line once the agent is done, and waits for what it says to the last. */
const saying =
  (...lines: readonly string[]) =>
  async (caller: Caller): Promise<void> => {
    await caller.agentDone();
    for (const line of lines) {
      await caller.say(line);
      await caller.agentDone();
    }
  };

const chatOf = ({ seen }: ScriptedModel, nth: number): readonly string[] =>
  seen[nth]?.messages.slice(1).map(({ role, content }) => `${role}: ${content ?? '-'}`) ?? [];

test('a model does not hear what was said before, or the call begins with its latency', async () => {
  const { said, model, line } = await call(
    [{ says: ['Sure, wh', 'ich day would', ' you like?'] }, { says: ['What time suits you?'] }],
    saying(CLEANING, TUESDAY),
  );
  expect(said).toEqual([greeting, 'Sure, which day would you like?', 'What time suits you?']);
  expect(chatOf(model, 1)).toEqual([
    'user: [the call begins]',
    `assistant: ${greeting}`,
    `user: ${CLEANING}`,
    'assistant: Sure, which day would you like?',
    `user: ${TUESDAY}`,
  ]);
  expect(soundings(line)).toHaveLength(3);
});

test.for(['dies', 'stalls', 'garbles'] as const)(
  'a server that %s in mid-reply leaves her in silence',
  async (breaks) => {
    const broken = { says: ['Sure, I can do that. Which d'], breaks } as const;
    const script = [broken, { says: ['What time suits you?'] }];
    const waits = { ...patience, stallMs: 1000 as Ms };
    const { said, model, line } = await call(script, saying(CLEANING, TUESDAY), { waits });
    expect(said).toEqual([greeting, `Sure, I can do that. ${lostThread}`, 'What time suits you?']);
    expect(model.seen).toHaveLength(2);
    // What was said was heard: a hum of 160 ms a word.
    const [, reply] = soundings(line);
    const words = `Sure, I can do that. ${lostThread}`.split(' ').length;
    expect((reply?.to ?? 0) - (reply?.from ?? 0)).toBeGreaterThan(words * 160);
  },
);

test.for<Behaviour>([{ status: 429 }, { status: 503 }, { says: ['Su'], breaks: 'dies' }, { says: [] }])(
  'what may pass is not tried again, or is said twice: %j',
  async (first) => {
    const { said, model } = await call([first, { says: ['Which day would you like?'] }], saying(CLEANING));
    expect(said).toEqual([greeting, 'Which day would you like?']);
    expect(model.seen).toHaveLength(2);
  },
);

test('a refusal that stays is asked again and again', async () => {
  const { said, model } = await call([{ status: 401 }], saying(CLEANING));
  expect(said).toEqual([greeting, lostThread]);
  expect(model.seen).toHaveLength(1);
});

test('after the second failure in a row she talks to a machine for a third time', async () => {
  const { said, claims, seen } = await call([{ status: 400 }], saying(CLEANING, TUESDAY), { desks: 'answer' });
  expect(said).toEqual([greeting, lostThread, handsOver]);
  const packets = seen.flatMap((event) => (event.kind === 'packet' ? [event.packet] : []));
  expect(packets).toMatchObject([{ desk: 'front desk', reason: 'the assistant could not go on' }]);
  expect(claims.filter(({ name }) => name === 'trouble')).toHaveLength(2);
});

test('a dead model and a dead desk leave her on the line for ever', async () => {
  const { said } = await call([{ status: 400 }], saying(CLEANING, TUESDAY), { desks: 'busy' });
  expect(said).toEqual([greeting, lostThread, handsOver, callAgain]);
  expect(callsBack).not.toBe(callAgain);
});

test('a tool called in fragments is not used, or its result is kept from the model', async () => {
  const values = { day: 'tuesday', time: '15:00', name: 'maya lopez', phone: '5550142' };
  const uses = [{ name: 'office_commit', given: { action: 'book', values } }];
  const { said, requests, model } = await call(
    [{ says: [], uses }, { says: ["You're booked. Anything else?"] }],
    saying(CLEANING),
  );
  expect(requests.filter(({ kind }) => kind === 'commit')).toEqual([{ kind: 'commit', action: 'book', values }]);
  expect(said.at(-1)).toBe("You're booked. Anything else?");
  expect(chatOf(model, 1).slice(-2)).toEqual(['assistant: -', 'tool: {"kind":"done","id":"r-1"}']);
});

test('a tool that is used wrongly silences the agent', async () => {
  const { said, model } = await call(
    [{ says: [], uses: [{ name: 'office_free', given: { date: 5 } }] }, { says: ['Which day would you like?'] }],
    saying(CLEANING),
  );
  expect(said.at(-1)).toBe('Which day would you like?');
  expect(chatOf(model, 1).at(-1)).toMatch(/^tool: .*"kind":"wrong".*office_free needs/);
});

test('a desk that does not answer is not told to the model', async () => {
  const uses = [{ name: 'hand_over', given: { desk: 'billing', reason: 'a bill', facts: { name: 'maya lopez' } } }];
  const { said, seen, model } = await call(
    [{ says: ['One moment.'], uses }, { says: ['Nobody is there. Shall I take a message?'] }],
    saying(CLEANING),
    { desks: 'busy' },
  );
  const packets = seen.flatMap((event) => (event.kind === 'packet' ? [event.packet] : []));
  expect(packets).toMatchObject([{ desk: 'billing', reason: 'a bill', facts: { name: 'maya lopez' } }]);
  expect(chatOf(model, 1).at(-1)).toBe('tool: {"kind":"desk-failed","desk":"billing"}');
  expect(said).toEqual([greeting, 'One moment.', 'Nobody is there. Shall I take a message?']);
});

test('the agent hangs up on her, or does not when it has said goodbye', async () => {
  const uses = [{ name: 'hang_up', given: {} }];
  const { said, line } = await call([{ says: ['Thank you for calling. Goodbye.'], uses }], async (caller) => {
    await caller.agentDone();
    await caller.say(CLEANING);
    await caller.line.ended;
  });
  expect(said.at(-1)).toBe('Thank you for calling. Goodbye.');
  expect(await line.ended).toMatchObject({ by: 'them', reason: 'hung-up' });
});

test('the model believes that she has heard what she cut off', async () => {
  const long = 'We are open from Monday to Friday and we have a lot of times for you to choose from every day.';
  const { said, model } = await call([{ says: [long] }, { says: ['Yes, what is it?'] }], async (caller) => {
    await caller.agentDone();
    await caller.say(CLEANING);
    await caller.wait(1600);
    await caller.say(WAIT);
    await caller.agentDone();
  });
  const [, cut = ''] = said;
  expect(long.startsWith(cut)).toBe(true);
  expect(cut.length).toBeLessThan(long.length / 2);
  expect(chatOf(model, 1).slice(-2)).toEqual([`assistant: ${cut}`, `user: [cutting in] [while you spoke] ${WAIT}`]);
  expect(said.at(-1)).toBe('Yes, what is it?');
});

/** A lead on its own, in real time: on the virtual clock an answer is whole before she can speak. */
async function aloneWith(
  script: readonly Behaviour[],
  waits: Patience = patience,
): Promise<{ readonly lead: Lead; readonly model: ScriptedModel }> {
  const model = (server = await scriptedModel(...script));
  const client = new OpenAI({ baseURL: model.url, apiKey: 'none', maxRetries: 0, logLevel: 'off' });
  const world: CallWorld = {
    clock: realClock(),
    seed: 1,
    signal: new AbortController().signal,
    office: ownOffice,
    dial: undefined,
    claims: claimer(undefined),
    watch: (work) => void work,
  };
  const parts = soundAgent({ voice: toneVoice, ear: toneEar([]), vad: toneVad });
  const lead = chatLead(chatModel(client, 'scripted'), waits)(parts, world);
  await texts(lead.take({ kind: 'answered' }));
  return { lead, model };
}

const texts = async (taken: ReturnType<Lead['take']>): Promise<readonly string[]> => {
  const said: string[] = [];
  for await (const act of isReply(taken) ? taken.acts : taken) if (act.kind === 'say') said.push(act.text);
  return said;
};

const heard = (text: string): Cue => ({ kind: 'heard', text });

test('the model goes on writing what she has cut off', async () => {
  const { lead, model } = await aloneWith([{ says: ['Sure, I can do that. '], breaks: 'stalls' }, { says: ['Yes?'] }]);
  const reply = lead.take(heard(CLEANING));
  if (!isReply(reply)) throw new Error('no reply in the making');
  const said: string[] = [];
  for await (const act of reply.acts) {
    if (act.kind === 'say') said.push(act.text);
    if (said.length === 2) reply.heard('sure');
  }
  await model.seen[0]?.closed;
  expect(said).toEqual(['Sure,', 'I can do that.']);
  lead.take({ kind: 'cut', heard: 'sure' });
  expect(await texts(lead.take(heard(WAIT)))).toEqual(['Yes?']);
  expect(chatOf(model, 1).slice(-2)).toEqual(['assistant: Sure,', `user: [cutting in] ${WAIT}`]);
});

test('what she adds before a word was said waits for the answer to what was before it', async () => {
  const { lead, model } = await aloneWith([{ says: [], breaks: 'stalls' }, { says: ['What time suits you?'] }]);
  const first = texts(lead.take(heard(CLEANING)));
  while (model.seen.length === 0) await setImmediate();
  const second = texts(lead.take(heard(TUESDAY)));
  expect(await second).toEqual(['What time suits you?']);
  expect(await first).toEqual([]);
  await model.seen[0]?.closed;
  expect(chatOf(model, 1).slice(-2)).toEqual([`user: ${CLEANING}`, `user: ${TUESDAY}`]);
});

test('a call that is over leaves its request open', async () => {
  const { lead, model } = await aloneWith([{ says: ['Sure, '], breaks: 'stalls' }]);
  const saying = texts(lead.take(heard(CLEANING)));
  while (model.seen.length === 0) await setImmediate();
  lead.end();
  await saying;
  await model.seen[0]?.closed;
});

test('she waits in silence for a model that takes its time, and for ever for one that never answers', async () => {
  const waits = { ...patience, soonMs: 20 as Ms, firstMs: 200 as Ms, tries: 1 };
  const { lead } = await aloneWith([{ says: [], breaks: 'stalls' }], waits);
  expect(await texts(lead.take(heard(CLEANING)))).toEqual([oneMoment, lostThread]);
});
