import { expect, test } from 'vitest';
import type { CallEvent } from '../../../../harness/model/record.ts';
import { ms } from '../../../../harness/model/time.ts';
import { detectActivity } from '../../../../metrics/activity/detect.ts';
import { noise, RATE, tracksOf, voiced } from '../signals.ts';

test('a sharp onset and end are found to the sample grid of the window, on the clock of the map', async () => {
  for (const phase of [0, 0.00037, 0.0011]) {
    const agent = voiced(noise(4, -65), 1 + phase, 2.5 + phase, -26);
    const { agent: heard } = await detectActivity(tracksOf(agent, 500), undefined, []);
    expect(heard).toHaveLength(1);
    expect(Math.abs(heard[0]!.onset - (1500 + phase * 1000))).toBeLessThan(2.5);
    expect(Math.abs(heard[0]!.stop - (3000 + phase * 1000))).toBeLessThan(2.5);
    expect(heard[0]!.levelDb).toBeCloseTo(-26, 0);
  }
});

test('comfort noise is not sounding, and an empty or silent channel is no error', async () => {
  expect((await detectActivity(tracksOf(noise(3, -60)), undefined, [])).agent).toEqual([]);
  expect((await detectActivity(tracksOf(new Int16Array(0)), undefined, [])).agent).toEqual([]);
  expect((await detectActivity(tracksOf(new Int16Array(RATE)), undefined, [])).agent).toEqual([]);
});

test('a duck that came back is kept as a duck, not as an end', async () => {
  let agent = voiced(noise(4, -65), 0.5, 1.2, -26);
  agent = voiced(agent, 1.2, 1.6, -46);
  agent = voiced(agent, 1.6, 3, -26);
  const [sounding, ...rest] = (await detectActivity(tracksOf(agent), undefined, [])).agent;
  expect(rest).toEqual([]);
  expect(sounding!.ducks).toHaveLength(1);
  expect(Math.abs(sounding!.ducks[0]!.from - 1200)).toBeLessThan(8);
  expect(Math.abs(sounding!.ducks[0]!.to - 1600)).toBeLessThan(25);
  expect(sounding!.fell).toBeUndefined();
});

test('a duck that was never undone says when it fell', async () => {
  const agent = voiced(voiced(noise(4, -65), 0.5, 1.5, -26), 1.5, 1.8, -44);
  const [sounding] = (await detectActivity(tracksOf(agent), undefined, [])).agent;
  expect(Math.abs(sounding!.fell! - 1500)).toBeLessThan(8);
  expect(sounding!.ducks).toEqual([]);
  expect(Math.abs(sounding!.stop - 1800)).toBeLessThan(8);
});

test('soundings never overlap, whatever is faint between them', async () => {
  let agent = voiced(noise(4, -65), 0.5, 1.2, -26);
  agent = voiced(voiced(agent, 1.2, 1.35, -58), 1.35, 2, -26);
  const { agent: heard } = await detectActivity(tracksOf(agent), undefined, []);
  for (const [i, sounding] of heard.entries()) {
    expect(sounding.onset).toBeGreaterThanOrEqual(heard[i - 1]?.end ?? 0);
    expect(sounding.stop).toBeLessThanOrEqual(sounding.end);
  }
});

test('a cut ends loud, a fade does not', async () => {
  const cut = voiced(noise(3, -65), 1, 2, -26);
  const faded = Int16Array.from(cut, (sample, i) =>
    i < 1.7 * RATE ? sample : Math.round(sample * 10 ** ((1.7 - i / RATE) * 5)),
  );
  const endOf = async (agent: typeof cut): Promise<number> =>
    (await detectActivity(tracksOf(agent), undefined, [])).agent.at(-1)!.endDb!;
  expect(await endOf(cut)).toBeGreaterThan(-3);
  expect(await endOf(faded)).toBeLessThan(-10);
});

test('noise widens the uncertainty, and the error stays inside it', async () => {
  for (const [db, seed] of [
    [-65, 1],
    [-55, 2],
    [-45, 3],
  ] as const) {
    const agent = voiced(noise(4, db, seed), 1, 2.5, -26);
    const [sounding] = (await detectActivity(tracksOf(agent), undefined, [])).agent;
    expect(Math.abs(sounding!.onset - 1000)).toBeLessThanOrEqual(sounding!.u.onset + 1);
    expect(Math.abs(sounding!.stop - 2500)).toBeLessThanOrEqual(sounding!.u.stop + 1);
  }
  const quiet = (await detectActivity(tracksOf(voiced(noise(4, -65), 1, 2, -26)), undefined, [])).agent[0]!;
  const loud = (await detectActivity(tracksOf(voiced(noise(4, -45), 1, 2, -26)), undefined, [])).agent[0]!;
  expect(loud.u.onset).toBeGreaterThan(quiet.u.onset);
});

test('a lost packet at an onset widens it by its length, and one inside does not split a sounding', async () => {
  const agent = voiced(noise(3, -65), 1, 2, -26);
  agent.fill(0, RATE - 80, RATE + 80);
  agent.fill(0, 1.5 * RATE, 1.5 * RATE + 800);
  const lost = [
    { from: RATE - 80, to: RATE + 80 },
    { from: 1.5 * RATE, to: 1.5 * RATE + 800 },
  ];
  const { agent: heard } = await detectActivity(tracksOf(agent, 0, lost), undefined, []);
  expect(heard).toHaveLength(1);
  expect(heard[0]!.u.onset).toBeGreaterThanOrEqual(20);
});

test('a clear tone that the model calls no speech is kept and flagged; a faint one is not', async () => {
  const agent = voiced(voiced(noise(4, -65), 1, 1.2, -26), 2, 2.2, -54);
  const { agent: heard } = await detectActivity(tracksOf(agent), undefined, [], async () => []);
  expect(heard.map(({ by }) => by)).toEqual(['energy']);
});

test('speech that only the model hears is kept by its bounds', async () => {
  const regions = async (): Promise<{ from: number; to: number }[]> => [{ from: RATE, to: 2 * RATE }];
  const [sounding] = (await detectActivity(tracksOf(noise(4, -40)), undefined, [], regions)).agent;
  expect(sounding).toMatchObject({ onset: 1000, end: 2000, by: 'model' });
  expect(sounding!.u.onset).toBeGreaterThanOrEqual(64);
});

test("the caller's level and background are told apart, as sent", async () => {
  const caller = voiced(noise(4, -40), 1, 3, -26);
  const said: CallEvent = {
    source: 'caller',
    kind: 'said',
    at: ms(1000),
    line: 'a',
    topic: 'opening',
    text: '',
    way: 0,
    mumbled: false,
    onset: ms(1000),
    end: ms(3000),
    pauses: [],
    facts: {},
    cut: false,
    desk: false,
  };
  const { callerDb, callerFloorDb } = await detectActivity(tracksOf(noise(4, -65), 0, [], caller), undefined, [said]);
  expect(callerDb).toBeCloseTo(-26, 0);
  expect(callerFloorDb).toBeCloseTo(-40, 0);
});
