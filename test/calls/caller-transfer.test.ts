import { expect, test } from 'vitest';
import { VirtualClock } from '../../harness/clock/virtual.ts';
import loopback from '../../harness/lines/loopback.ts';
import { runCaller } from '../../harness/caller/caller.ts';
import type { CallerResult } from '../../harness/caller/caller.ts';
import { scriptMind } from '../../harness/caller/minds/script.ts';
import { openDesks } from '../../harness/office/desks.ts';
import type { DeskSpeech } from '../../harness/office/desk-voice.ts';
import { openOffice } from '../../harness/office/office.ts';
import { makePlan } from '../../harness/plan/plan.ts';
import { habits, people, scenarios } from '../../harness/run/registry.ts';
import type { Facts, Plan } from '../../harness/model/plan.ts';
import type { CallEvent } from '../../harness/model/record.ts';
import { toneAgent } from './caller/tone-agent.ts';
import { tone, toneRendered } from './caller/studio.ts';

const speech: DeskSpeech = { greeting: () => tone(700), question: () => tone(900), closing: () => tone(800) };

async function planOf(desks: Plan['desks']): Promise<Plan> {
  const person = (await people()).get('plain-paula');
  const facts = (await scenarios()).get('bill-question');
  if (!person || !facts) throw new Error('no plain-paula or bill-question');
  const how = await habits();
  const made = makePlan({
    persona: 'plain-paula',
    person,
    scenario: 'bill',
    facts,
    habits: how,
    mind: 'script',
    seed: 1,
    trial: 0,
  });
  return { ...made, stimuli: [], desks };
}

/** A call in which the agent puts her through after her first turn, with these facts in its packet. */
async function transferred(
  desks: Plan['desks'],
  packetFacts: Facts,
): Promise<readonly [CallerResult, readonly CallEvent[]]> {
  const plan = await planOf(desks);
  const clock = new VirtualClock();
  const transport = await loopback.open(clock);
  const office = openOffice(clock);
  const { signal } = new AbortController();
  const carried = async (): Promise<CallerResult> => {
    const open = await openDesks(transport, office, speech, clock, {
      at: (name) => `loopback:${name}`,
      nowhere: (name) => `loopback:${name}.gone`,
    });
    office.begin('call', plan);
    const packet = { desk: 'billing', intent: 'billing', reason: 'asked', facts: packetFacts, done: [], pending: [] };
    await office.door('call').ask({ kind: 'handoff', packet });
    const billing = open.addresses['billing'] ?? '';
    const transfer = { afterTurns: 1, to: billing, context: 'call/1' };
    const agent = { greetingMs: 1500, replyMs: 1200, thinkMs: 300, yields: true, transfer };
    const address = await toneAgent(transport, 'loopback:agent', clock, agent);
    const ctx = { clock, signal, phone: plan.phone, seed: 1, headers: { 'X-Hangup-Call': 'call' } };
    const line = await transport.dial({ address }, ctx);
    const talk = { questions: office.questions('call'), told: (facts: Facts) => office.told('call', facts) };
    const result = await runCaller(plan, toneRendered(plan), line, clock, scriptMind(plan), signal, talk);
    await open.close();
    return result;
  };
  const result = await clock.run(carried());
  await transport.close();
  return [result, office.events('call')];
}

const linesOf = (result: CallerResult): readonly string[] =>
  result.events.flatMap((event) => (event.kind === 'said' ? [event.line] : []));

test('a desk that has all facts asks nothing, and she says goodbye to it', async () => {
  const [result, seen] = await transferred('answer', { name: 'paula jones' });
  expect(result.events.flatMap((event) => (event.kind === 'desk-joined' ? [event.desk] : []))).toEqual(['billing']);
  expect(seen.filter((event) => event.kind === 'desk-asked')).toEqual([]);
  expect(linesOf(result)).toEqual(['opening', 'goodbye']);
  expect(result.desk?.receivedAudio.length).toBeGreaterThan(8000);
  expect(result.events.filter((event) => event.kind === 'fault' || event.kind === 'gave-up')).toEqual([]);
});

test('a desk whose packet lacks her name makes her say it again, and that is known', async () => {
  const [result, seen] = await transferred('answer', {});
  expect(seen.filter((event) => event.kind === 'desk-asked')).toMatchObject([{ fact: 'name', known: true }]);
  expect(linesOf(result)).toEqual(['opening', 'desk:name', 'goodbye']);
  const said = result.events.find((event) => event.kind === 'said' && event.line === 'desk:name');
  expect(said).toMatchObject({ desk: true, cut: false });
});

test.each(['busy', 'decline'] as const)('a %s desk leaves her with the agent, and the talk goes on', async (desks) => {
  const [result] = await transferred(desks, {});
  expect(result.desk).toBeUndefined();
  expect(result.events.filter((event) => event.kind === 'transfer-failed')).toHaveLength(1);
  expect(linesOf(result)).toEqual([
    'opening',
    'phone',
    'handoff-consent',
    'message',
    'confirm',
    'anything-else',
    'goodbye',
  ]);
});
