import { expect, test } from 'vitest';
import { VirtualClock } from '../../harness/clock/virtual.ts';
import loopback from '../../harness/lines/loopback.ts';
import { runCaller } from '../../harness/caller/caller.ts';
import type { CallerResult } from '../../harness/caller/caller.ts';
import { scriptMind } from '../../harness/caller/minds/script.ts';
import { makePlan } from '../../harness/plan/plan.ts';
import { habits, people, scenarios } from '../../harness/run/registry.ts';
import type { Plan, PlannedStimulus } from '../../harness/model/plan.ts';
import type { CallEvent } from '../../harness/model/record.ts';
import type { Rendered } from '../../harness/model/rendered.ts';
import { toneAgent } from './caller/tone-agent.ts';
import type { ToneAgent } from './caller/tone-agent.ts';
import { toneRendered } from './caller/studio.ts';

const [who, why, how] = await Promise.all([people(), scenarios(), habits()]);

function planOf(persona: string, scenario: string): Plan {
  const person = who.get(persona);
  const facts = why.get(scenario);
  if (!person || !facts) throw new Error(`no ${persona} or ${scenario}`);
  return makePlan({ persona, person, scenario, facts, habits: how, mind: 'script', seed: 3, trial: 0 });
}

const patientAgent: ToneAgent = { greetingMs: 3000, replyMs: 2000, thinkMs: 400, yields: true };

const asMade = (rendered: Rendered): Rendered => rendered;

async function call(plan: Plan, agent: ToneAgent, retouch = asMade): Promise<CallerResult> {
  const clock = new VirtualClock();
  const transport = await loopback.open(clock);
  const { signal } = new AbortController();
  const carried = async (): Promise<CallerResult> => {
    const address = await toneAgent(transport, 'loopback:agent', clock, agent);
    const line = await transport.dial(
      { address },
      { clock, signal, phone: plan.phone, seed: plan.seed, headers: { 'X-Hangup-Call': plan.id } },
    );
    return runCaller(plan, retouch(toneRendered(plan)), line, clock, scriptMind(plan), signal);
  };
  const result = await clock.run(carried());
  await transport.close();
  return result;
}

const kinds = <K extends CallEvent['kind']>(result: CallerResult, kind: K): Extract<CallEvent, { kind: K }>[] =>
  result.events.filter((event): event is Extract<CallEvent, { kind: K }> => event.kind === kind);

const without = (plan: Plan, stimuli: readonly PlannedStimulus[] = []): Plan => ({ ...plan, stimuli });

test('a caller says every line of her agenda once, in order, and hangs up', async () => {
  const plan = without(planOf('plain-paula', 'book-cleaning'));
  const result = await call(plan, patientAgent);
  const agenda = plan.lines.filter((line) => line.onAgenda).map((line) => line.id);
  expect(kinds(result, 'said').map((said) => said.line)).toEqual(agenda);
  expect(kinds(result, 'fault')).toEqual([]);
  expect(kinds(result, 'gave-up')).toEqual([]);
});

test('she waits half a second or more after the agent before she speaks, and never speaks into it', async () => {
  const result = await call(without(planOf('plain-paula', 'book-cleaning')), patientAgent);
  const said = kinds(result, 'said');
  expect(said.length).toBeGreaterThan(5);
  said.slice(1).forEach((line, index) => {
    const before = said[index];
    const gap = line.onset - ((before?.end ?? 0) + 400 + 2000);
    expect(gap).toBeGreaterThan(480);
    expect(gap).toBeLessThan(900);
  });
});

const interruption = (line: string, offsetMs: number): PlannedStimulus => ({
  id: 'barge',
  kind: 'interruption',
  trigger: { line, utterance: 1, offsetMs },
  sham: false,
  pieces: [{ say: 'wait a moment' }],
  manner: {},
  facts: {},
  takesFloor: true,
});

test('an interruption lands on its intended instant, counted from the onset she heard', async () => {
  const plan = without(planOf('plain-paula', 'book-cleaning'), [interruption('day', 700.5)]);
  const result = await call(plan, patientAgent);
  const [stimulus] = kinds(result, 'stimulus');
  const day = kinds(result, 'said').find((said) => said.line === 'day');
  expect(stimulus).toBeDefined();
  expect(day).toBeDefined();
  if (!stimulus || !day) return;
  expect(Math.abs(stimulus.onset - stimulus.intended)).toBeLessThan(0.2);
  // The agent begins 400 ms after it heard her end; both ears date back to a block of 10 ms.
  expect(Math.abs(stimulus.intended - (day.end + 400 + 700.5))).toBeLessThan(30);
});

test('an interruption with a soft beginning is not late by the length of it', async () => {
  const plan = without(planOf('plain-paula', 'book-cleaning'), [interruption('day', 700.5)]);
  const soft = (rendered: Rendered): Rendered => ({
    ...rendered,
    stimuli: new Map([...rendered.stimuli].map(([id, clip]) => [id, { ...clip, onset: 8 * 120, intent: 8 * 200 }])),
  });
  const [stimulus] = kinds(await call(plan, patientAgent, soft), 'stimulus');
  expect(stimulus).toBeDefined();
  expect(Math.abs((stimulus?.onset ?? 0) - (stimulus?.intended ?? 1e9))).toBeLessThan(0.2);
});

test('a sham takes the instant of the real stimulus and changes nothing else', async () => {
  const plain = planOf('plain-paula', 'book-cleaning');
  const real = without(plain, [{ ...interruption('day', 700), takesFloor: false, pieces: [{ say: 'm' }] }]);
  const sham = without(plain, [{ ...interruption('day', 700), sham: true }]);
  const [played, logged, none] = await Promise.all([
    call(real, { ...patientAgent, yields: false }),
    call(sham, patientAgent),
    call(without(plain), patientAgent),
  ]);
  const [a] = kinds(played, 'stimulus');
  const [b] = kinds(logged, 'stimulus');
  expect(b?.sham).toBe(true);
  expect(Math.abs((a?.onset ?? 0) - (b?.onset ?? 1e9))).toBeLessThan(0.2);
  expect(kinds(logged, 'said')).toEqual(kinds(none, 'said'));
});

test('a trigger that outlasts three utterances makes the call invalid instead of firing somewhere', async () => {
  const plan = without(planOf('plain-paula', 'book-cleaning'), [interruption('day', 2500)]);
  const result = await call(plan, patientAgent);
  expect(kinds(result, 'stimulus')).toEqual([]);
  expect(kinds(result, 'not-fired').map((event) => event.id)).toEqual(['barge']);
  expect(kinds(result, 'fault').map((event) => event.reason)).toEqual(['stimulus-not-fired']);
});

test('a trigger missed on a short utterance takes the next one that lasts', async () => {
  const plan = without(planOf('plain-paula', 'book-cleaning'), [interruption('', 1500)]);
  const result = await call(plan, { ...patientAgent, greetingMs: 900 });
  const [stimulus] = kinds(result, 'stimulus');
  const opening = kinds(result, 'said').find((said) => said.line === 'opening');
  expect(stimulus?.onset).toBeGreaterThan(opening?.end ?? 1e9);
  expect(kinds(result, 'fault')).toEqual([]);
});

test('silence makes her speak up once, and then hang up', async () => {
  const result = await call(without(planOf('plain-paula', 'book-cleaning')), { ...patientAgent, thinkMs: 60_000 });
  expect(kinds(result, 'said').map((said) => [said.line, said.way])).toEqual([
    ['opening', 0],
    ['opening', 1],
  ]);
  expect(kinds(result, 'gave-up').map((event) => event.why)).toEqual(['silence']);
});

test('a mumbled line is said again until it is clear', async () => {
  const plan = without(planOf('mumbling-martin', 'book-cleaning'));
  const result = await call(plan, patientAgent);
  const mumbled = kinds(result, 'said').filter((said) => said.mumbled);
  expect(mumbled.map((said) => said.way)).toEqual([0, 1]);
  const clear = kinds(result, 'said').filter((said) => said.line === mumbled[0]?.line && !said.mumbled);
  expect(clear.map((said) => said.way)).toEqual([2]);
});

test('an agent that talks over her makes her stop, and she says it again', async () => {
  const rude: ToneAgent = { ...patientAgent, greetingMs: 1000, thinkMs: 100 };
  const plan = without(planOf('plain-paula', 'book-cleaning'));
  const opening = plan.lines[0];
  if (!opening) throw new Error('no lines');
  const paused: Plan = { ...plan, lines: [{ ...opening, pieces: [{ say: 'x'.repeat(200) }] }, ...plan.lines.slice(1)] };
  const clock = new VirtualClock();
  const transport = await loopback.open(clock);
  const { signal } = new AbortController();
  const carried = async (): Promise<CallerResult> => {
    await transport.listen('loopback:rude', (incoming) => {
      void incoming.accept({ clock, signal, phone: plan.phone, seed: 2 }).then(async (line) => {
        line.play([new Int16Array(8000).fill(0)]);
        const { tone } = await import('./caller/studio.ts');
        line.play([tone(rude.greetingMs)]);
        line.play([tone(4000)], (clock.now() + 4000) as never);
        for await (const item of line.incoming) void item;
      });
    });
    const ctx = { clock, signal, phone: plan.phone, seed: 1, headers: {} };
    const line = await transport.dial({ address: 'loopback:rude' }, ctx);
    return runCaller(paused, toneRendered(paused), line, clock, scriptMind(paused), signal);
  };
  const result = await clock.run(carried());
  await transport.close();
  const said = kinds(result, 'said').filter((event) => event.line === 'opening');
  expect(said[0]?.cut).toBe(true);
  expect(said[0]?.facts).toEqual({});
  expect(said[1]?.way).toBe(1);
});
