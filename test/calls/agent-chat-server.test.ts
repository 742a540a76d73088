import OpenAI from 'openai';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chatModel } from '../../agent/brains/openai.ts';
import { chatLead } from '../../agent/chat/lead.ts';
import { handsOver, lostThread } from '../../agent/chat/phrases.ts';
import { serveOpenAi } from '../../agent/openai/server.ts';
import type { OpenAiServer } from '../../agent/openai/server.ts';
import type { AgentParts } from '../../agent/parts.ts';
import { realClock } from '../../harness/clock/real.ts';
import { callAgent } from './agent-call.ts';
import type { Caller, CallOutcome } from './agent-call.ts';
import { toneEar, toneVad, toneVoice } from './agent-tones.ts';

const REQUEST = 'a cleaning on tuesday at three for paula jones';
const NUMBER = 'five five five oh one four two';
const YES = 'yes';
const BYE = 'no that is all thank you goodbye';
const sentences = [REQUEST, NUMBER, YES, BYE];

const open = (): Promise<OpenAiServer> =>
  serveOpenAi({
    engines: { voice: toneVoice, ear: toneEar([]), vad: toneVad },
    clock: realClock(),
    host: '127.0.0.1',
    port: 0,
    seed: 1,
    trouble: (message) => expect.unreachable(message),
  });

let server: OpenAiServer;
beforeAll(async () => (server = await open()));
afterAll(() => server.close());

const ledBy =
  ({ url }: OpenAiServer) =>
  (sound: AgentParts): AgentParts => {
    const client = new OpenAI({ baseURL: url, apiKey: 'none', maxRetries: 0 });
    return { ...sound, lead: chatLead(chatModel(client, 'hangup-rules')) };
  };

async function book(caller: Caller): Promise<void> {
  for (const sentence of sentences) {
    await caller.agentDone();
    await caller.say(sentence);
  }
  await caller.line.ended;
}

const saidIn = ({ claims }: CallOutcome): readonly string[] =>
  claims.flatMap(({ what, text }) => (what === 'said' ? [text ?? ''] : []));
const committed = ({ requests }: CallOutcome): readonly object[] => requests.filter(({ kind }) => kind === 'commit');

test('a booking goes another way when the rules are asked over HTTP than when they are asked at once', async () => {
  const here = await callAgent({ sentences }, book);
  const there = await callAgent({ sentences, parts: ledBy(server) }, book);
  expect(there.troubles).toEqual([]);
  expect(saidIn(there)).toEqual(saidIn(here));
  expect(committed(there)).toEqual(committed(here));
  expect(committed(there)).toMatchObject([{ action: 'book', values: { day: 'tuesday', phone: '5550142' } }]);
});

test('a server that is killed in the middle of a call leaves her in silence', async () => {
  const mortal = await open();
  const outcome = await callAgent({ sentences, parts: ledBy(mortal), desks: 'answer' }, async (caller) => {
    await caller.agentDone();
    await caller.say(REQUEST);
    await caller.agentDone();
    await mortal.close();
    await caller.say(NUMBER);
    await caller.agentDone();
    await caller.say(NUMBER);
    await caller.agentDone();
  });
  expect(outcome.troubles).toEqual([]);
  expect(saidIn(outcome).slice(-2)).toEqual([lostThread, handsOver]);
  const packets = outcome.seen.flatMap((event) => (event.kind === 'packet' ? [event.packet] : []));
  expect(packets).toMatchObject([{ desk: 'front desk', facts: { day: 'tuesday', time: '15:00', phone: '5550142' } }]);
});
