import { expect, test } from 'vitest';
import type { AgentParts } from '../../agent/agent.ts';
import { simulatedBy } from '../../agent/simulated.ts';
import { readSimulated } from '../../harness/model/simulated.ts';
import { callAgent, soundings } from './agent-call.ts';
import type { CallOutcome } from './agent-call.ts';

const REQUEST = "i'd like a cleaning";
const MORE = 'on tuesday';

const simulating =
  (...words: readonly string[]) =>
  (sound: AgentParts): AgentParts => ({ ...sound, simulated: simulatedBy(readSimulated(words)) });

interface Asked extends CallOutcome {
  /** When her request was over, ms. */
  readonly end: number;
}

/** She asks for a cleaning and hears the answer out. */
async function askOnce(...words: readonly string[]): Promise<Asked> {
  let end = NaN;
  const outcome = await callAgent({ sentences: [REQUEST, MORE], parts: simulating(...words) }, async (caller) => {
    await caller.agentDone();
    await caller.say(REQUEST);
    end = caller.clock.now();
    await caller.agentDone();
  });
  return { ...outcome, end };
}

/** Lengths of the claimed stages of her turn by name, ms; of the voice the first that begins after it. */
const stagesOf = ({ claims, end }: Asked): Readonly<Record<string, number>> =>
  Object.fromEntries(
    claims
      .filter(({ what, endMs }) => what === 'stage' && endMs > end)
      .toReversed()
      .map(({ name, startMs, endMs }) => [name, Math.round(endMs - startMs)]),
  );

const replyAfter = ({ line, end }: Asked): number =>
  Math.round((soundings(line).find(({ from }) => from > end)?.from ?? NaN) - end);
const greetingAt = ({ line }: Asked): number => Math.round(soundings(line)[0]?.from ?? NaN);

test('a brain that takes 900 ms moves its own stage and the reply by 900 ms, and nothing else', async () => {
  const [usual, slow] = [await askOnce(), await askOnce('brain=900')];
  expect(stagesOf(slow)).toEqual({ ...stagesOf(usual), brain: (stagesOf(usual)['brain'] ?? NaN) + 900 });
  expect(replyAfter(slow) - replyAfter(usual)).toBeGreaterThanOrEqual(880);
  expect(replyAfter(slow) - replyAfter(usual)).toBeLessThanOrEqual(920);
  expect(greetingAt(slow)).toBe(greetingAt(usual));
});

test('an ear and a voice that are slow show as those stages, and add up', async () => {
  const [usual, slow] = [await askOnce(), await askOnce('ear=200', 'voice=300')];
  expect(stagesOf(slow)).toEqual({
    ...stagesOf(usual),
    ear: (stagesOf(usual)['ear'] ?? NaN) + 200,
    voice: (stagesOf(usual)['voice'] ?? NaN) + 300,
  });
  // Frames are 20 ms.
  expect(Math.abs(replyAfter(slow) - replyAfter(usual) - 500)).toBeLessThanOrEqual(20);
});

test('a slow voice is slow in its stock phrases too', async () => {
  const [usual, slow] = [await askOnce(), await askOnce('voice=300')];
  expect(Math.abs(greetingAt(slow) - greetingAt(usual) - 300)).toBeLessThanOrEqual(20);
});

test('the same call of a brain with chance in it is the same call again', async () => {
  const [one, again] = [await askOnce('brain=lognormal(350,0.4)'), await askOnce('brain=lognormal(350,0.4)')];
  expect(again.claims).toEqual(one.claims);
  expect(soundings(again.line)).toEqual(soundings(one.line));
});

/** How long the agent still sounds once she speaks over its answer, ms. */
async function stopsAfter(...words: readonly string[]): Promise<number> {
  let onset = NaN;
  const { line } = await callAgent({ sentences: [REQUEST, MORE], parts: simulating(...words) }, async (caller) => {
    await caller.agentDone();
    await caller.say(REQUEST);
    while (!caller.sounding()) await caller.wait(20);
    await caller.wait(400);
    onset = caller.clock.now();
    await caller.begin(MORE, 1500).done;
    await caller.agentDone();
  });
  return Math.round((soundings(line).findLast(({ from }) => from < onset)?.to ?? NaN) - onset);
}

test('an agent that thinks slowly stops as fast as ever when it is interrupted', async () => {
  const usual = await stopsAfter();
  expect(usual).toBeGreaterThan(0);
  expect(usual).toBeLessThan(250);
  expect(Math.abs((await stopsAfter('brain=900', 'voice=300')) - usual)).toBeLessThanOrEqual(20);
});

test('who goes on speaking while it thinks is not spoken over', async () => {
  const spoke: { from: number; to: number }[] = [];
  const setting = { sentences: [REQUEST, MORE], parts: simulating('brain=900') };
  const { line } = await callAgent(setting, async (caller) => {
    await caller.agentDone();
    for (const text of [REQUEST, MORE]) {
      const from = caller.clock.now();
      await caller.say(text);
      spoke.push({ from, to: caller.clock.now() });
      // Her turn is over by then, and its answer under way.
      if (text === REQUEST) await caller.wait(700);
    }
    await caller.agentDone();
  });
  const [first, second] = spoke;
  const answers = soundings(line).filter(({ from }) => from > (first?.to ?? NaN));
  expect(answers.every(({ from }) => from > (second?.to ?? NaN))).toBe(true);
  expect(answers).toHaveLength(1);
});
