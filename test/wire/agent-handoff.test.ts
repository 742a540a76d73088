import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerCall, soundAgent } from '../../agent/agent.ts';
import sip from '../../harness/lines/sip.ts';
import type { Line, Transport } from '../../harness/model/line.ts';
import type { Plan } from '../../harness/model/plan.ts';
import type { CallEvent } from '../../harness/model/record.ts';
import { after } from '../../harness/model/time.ts';
import { openDesks } from '../../harness/office/desks.ts';
import type { DeskSpeech } from '../../harness/office/desk-voice.ts';
import { openOffice } from '../../harness/office/office.ts';
import { lengthOf, tone, toneEar, toneVad, toneVoice } from '../calls/agent-tones.ts';
import { clock, context } from './lines.ts';

const BILL = 'this is henry clark i have a question about my bill';
const speech: DeskSpeech = {
  greeting: () => tone(20, 500),
  question: () => tone(21, 500),
  closing: () => tone(22, 500),
};
const phone = { codec: 'PCMU', loss: 0 } as const;

/** The agent calls out by a transport of its own, as in a process of its own. */
let harness: Transport;
let agents: Transport;
beforeAll(async () => {
  [harness, agents] = await Promise.all([sip.open(clock), sip.open(clock)]);
});
afterAll(() => Promise.all([harness.close(), agents.close()]));

/** A caller's telephone: when the agent last sounded, and where she was sent. */
interface Heard {
  soundedAt: number;
  joined: Line | undefined;
}

async function listen(line: Line, heard: Heard): Promise<void> {
  for await (const item of line.incoming) {
    if (item.kind === 'notice' && item.notice.kind === 'refer') {
      void item.notice.follow().then((desk) => (heard.joined = desk));
    }
    if (item.kind === 'audio' && item.samples.some((sample) => Math.abs(sample) > 400))
      heard.soundedAt = item.arrivedAt;
  }
}

const until = async (seen: () => boolean, patienceMs: number): Promise<void> => {
  const begun = clock.now();
  while (!seen() && clock.now() - begun < patienceMs) await clock.sleepUntil(after(clock.now(), 20));
  expect(seen()).toBe(true);
};

/** Calls the sound agent over SIP about her bill; `then` begins when she has said so. */
async function aboutHerBill(
  id: string,
  desks: Plan['desks'],
  then: (line: Line, heard: Heard, seen: () => readonly CallEvent[]) => Promise<void>,
): Promise<void> {
  const office = openOffice(clock);
  office.begin(id, { desks, expect: { handoff: { truth: 'must', facts: [] } }, phone, seed: 4 });
  const open = await openDesks(harness, office, speech, clock, {
    at: (name) => `sip:${name}@127.0.0.1:0`,
    nowhere: (name) => `sip:${name}@127.0.0.1:9`,
  });
  const parts = soundAgent({ voice: toneVoice, ear: toneEar([BILL]), vad: toneVad });
  const { signal } = new AbortController();
  const troubles: string[] = [];
  const trouble = (text: string): void => void troubles.push(text);
  const world = { clock, signal, seed: 1, office: office.door, trouble, transport: agents };
  const answered: Promise<void>[] = [];
  const place = await agents.listen(
    'sip:agent@127.0.0.1:0',
    (call) => void answered.push(answerCall(call, parts, world)),
  );
  const line = await harness.dial({ address: place.address }, context({ headers: { 'X-Hangup-Call': id } }));
  const heard: Heard = { soundedAt: 0, joined: undefined };
  const listening = listen(line, heard);
  await until(() => heard.soundedAt > 0 && clock.now() - heard.soundedAt > 600, 10_000);
  await line.play([tone(0, lengthOf(BILL))]).done;
  await then(line, heard, () => office.events(id));
  await line.hangUp();
  await Promise.all([listening, ...answered, place.close()]);
  await open.close();
  expect(troubles).toEqual([]);
}

const at = (seen: readonly CallEvent[], kind: CallEvent['kind']): number =>
  seen.find((event) => event.kind === kind)?.at ?? NaN;

test('over SIP a desk that answers has her in the place of the agent, who is silent and gone', async () => {
  await aboutHerBill('attended', 'answer', async (line, heard, seen) => {
    await until(() => heard.joined !== undefined, 10_000);
    const joinedAt = clock.now();
    expect(await line.ended).toMatchObject({ by: 'them', reason: 'transferred' });
    expect(heard.soundedAt).toBeLessThan(joinedAt);
    const rings = seen().flatMap((event) => (event.kind === 'desk-rang' ? [event.for] : []));
    expect(rings).toEqual(['agent', 'caller']);
    expect(at(seen(), 'packet')).toBeLessThanOrEqual(at(seen(), 'desk-rang'));
    await heard.joined?.hangUp();
  });
}, 30_000);

test('over SIP a desk that rings in vain has the agent back with her within 4 s, and never rings her telephone', async () => {
  await aboutHerBill('silent', 'silent', async (_line, heard, seen) => {
    await until(() => seen().some(({ kind }) => kind === 'desk-reacted'), 15_000);
    const rang = at(seen(), 'desk-rang');
    await until(() => heard.soundedAt > rang + 1000, 4_000);
    expect(heard.soundedAt - rang).toBeLessThanOrEqual(4_000);
    expect(heard.joined).toBeUndefined();
    expect(seen().find(({ kind }) => kind === 'desk-reacted')).toMatchObject({ how: 'silent', for: 'agent' });
  });
}, 30_000);

test('over SIP an address where nobody listens is told at once', async () => {
  await aboutHerBill('unreachable', 'unreachable', async (_line, heard, seen) => {
    await until(() => seen().some(({ kind }) => kind === 'packet'), 15_000);
    const tried = at(seen(), 'packet');
    await until(() => heard.soundedAt > tried + 200, 4_000);
    expect(heard.soundedAt - tried).toBeLessThanOrEqual(4_000);
    expect(seen().some(({ kind }) => kind === 'desk-rang')).toBe(false);
  });
}, 30_000);
