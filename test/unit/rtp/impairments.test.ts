import { expect, test } from 'vitest';
import type { Fate, Network } from '../../../harness/model/network.ts';
import { chance } from '../../../harness/model/seed.ts';
import { impaired, wirePair } from '../../../harness/rtp/wire.ts';
import { type Delivered, handClock, packet, PTIME, sentThrough } from './delivered.ts';

const MANY = 60_000;

/** Lengths of the runs of packets that never came. */
function burstsIn(delivered: readonly Delivered[], count: number): readonly number[] {
  const came = new Set(delivered.map(({ n }) => n));
  const bursts: number[] = [];
  for (let n = 0; n < count; n++) {
    if (came.has(n)) continue;
    if (n > 0 && !came.has(n - 1)) bursts[bursts.length - 1] = (bursts.at(-1) ?? 0) + 1;
    else bursts.push(1);
  }
  return bursts;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** What the seed alone decides. */
const decided = (fates: readonly Fate[]): readonly Omit<Fate, 'delayMs'>[] =>
  fates.map(({ delayMs: _delayMs, ...decision }) => decision);

const all = (count: number): number[] => Array.from({ length: count }, (_, n) => n);

// Gilbert's chain is correlated over 1 / (1 - rho) packets: with bursts of 3 the standard error of 60000 packets'
// loss is 0.19 points, so half a point is 2.6 of them, and the seed is fixed.
test.each([1.5, 3, 8])('loss in bursts of %s packets has the share and the mean length asked for', (burst) => {
  const { delivered } = sentThrough({ loss: 0.05, burst }, { count: MANY, seed: 7 });
  const bursts = burstsIn(delivered, MANY);
  expect(Math.abs(sum(bursts) / MANY - 0.05)).toBeLessThan(0.005);
  expect(Math.abs(sum(bursts) / bursts.length / burst - 1)).toBeLessThan(0.06);
});

test('without bursts the loss of one packet says nothing about the next', () => {
  const { delivered } = sentThrough({ loss: 0.2 }, { count: MANY });
  const bursts = burstsIn(delivered, MANY);
  expect(Math.abs(sum(bursts) / bursts.length - 1 / 0.8)).toBeLessThan(0.02);
});

test('a delay delays all alike', () => {
  const { delivered } = sentThrough({ loss: 0, delayMs: 70 }, { count: 100 });
  expect(delivered).toEqual(all(100).map((n) => ({ n, delay: 70 })));
});

test.each(['even', 'tailed'] as const)('%s jitter reaches from the fixed delay to what was asked for', (jitter) => {
  const { delivered, fates } = sentThrough({ loss: 0, delayMs: 20, jitterMs: 40, jitter }, { count: MANY, seed: 2 });
  expect(delivered.map(({ n }) => n)).toEqual(all(MANY));
  const delays = delivered.map(({ delay }) => delay);
  expect(Math.abs(Math.max(...delays) - Math.min(...delays) - 40)).toBeLessThan(2);
  expect(Math.min(...delays)).toBeGreaterThanOrEqual(20);
  const drawn = sum(fates.map(({ heldMs = 0 }) => heldMs - 20)) / MANY;
  expect(Math.abs(drawn - (jitter === 'even' ? 20 : 40 / 7))).toBeLessThan(0.3);
});

test('packets in a free order overtake, each held back by exactly what was drawn for it', () => {
  const { delivered, fates } = sentThrough({ loss: 0, jitterMs: 90, order: 'free' });
  expect(delivered.map(({ n }) => n)).not.toEqual(all(2000));
  for (const { n, delay } of delivered) expect(delay).toBeCloseTo(fates[n]?.heldMs ?? NaN, 6);
});

test('in a queue nothing overtakes, though timers wake in any order', () => {
  const [near, far] = wirePair();
  const asleep: (() => void)[] = [];
  const clock = { ...handClock(), at: (_at: number, work: () => void) => void asleep.unshift(work) };
  const wire = impaired(near, { loss: 0, jitterMs: 40 }, 3, clock, () => {});
  const came: number[] = [];
  far.onPacket = (bytes) => came.push(((bytes[2] ?? 0) << 8) | (bytes[3] ?? 0));
  for (let n = 0; n < 30; n++) wire.send(packet(n));
  for (const wake of asleep) wake();
  expect(came).toEqual(all(30));
});

test('the share of packets asked for lets the next one past, with jitter too, and nothing else is out of order', () => {
  const { delivered, fates } = sentThrough({ loss: 0, jitterMs: 30, reorder: 0.03 }, { count: 20_000 });
  let highest = -1;
  const late = delivered.flatMap(({ n }) => {
    if (n < highest) return [n];
    highest = n;
    return [];
  });
  expect(late).toEqual(fates.flatMap(({ n, reordered }) => (reordered ? [n] : [])));
  expect(Math.abs(late.length / 20_000 - 0.03)).toBeLessThan(0.005);
  expect(delivered).toHaveLength(20_000);
});

test('a packet that lets the next past does not wait for ever when none comes', () => {
  const { delivered } = sentThrough({ loss: 0, reorder: 1 }, { count: 1 });
  expect(delivered).toEqual([{ n: 0, delay: 200 }]);
});

test('the share of packets asked for comes twice, one behind the other', () => {
  const { delivered, fates } = sentThrough({ loss: 0, duplicate: 0.1 }, { count: 20_000 });
  const twice = delivered.flatMap(({ n }, i) => (delivered[i - 1]?.n === n ? [n] : []));
  expect(twice).toEqual(fates.flatMap(({ n, duplicated }) => (duplicated ? [n] : [])));
  expect(Math.abs(twice.length / 20_000 - 0.1)).toBeLessThan(0.01);
  expect(delivered).toHaveLength(20_000 + twice.length);
});

test('in a blackout nothing comes, at its hour or again and again, and everything outside it does', () => {
  const blackouts = [
    { fromMs: 1000, toMs: 1500 },
    { everyMs: 10_000, forMs: 200 },
  ];
  const { delivered, fates } = sentThrough({ loss: 0, blackouts }, { count: 1100 });
  const dark = (at: number): boolean =>
    (at >= 1000 && at < 1500) || (at >= 10_000 && at < 10_200) || (at >= 20_000 && at < 20_200);
  expect(delivered.map(({ n }) => n)).toEqual(all(1100).filter((n) => !dark(n * PTIME)));
  expect(fates.filter(({ by }) => by === 'blackout')).toHaveLength(25 + 10 + 10);
});

const FULL: Network = { loss: 0.05, burst: 3, delayMs: 20, jitterMs: 40, reorder: 0.02, duplicate: 0.02 };

test('a network repeats packet for packet although the packets come at other instants', () => {
  const dice = chance(9);
  const stumbles = Array.from({ length: 2000 }, () => dice.between(0, 15));
  const punctual = sentThrough(FULL, { seed: 4 });
  const late = sentThrough(FULL, { seed: 4, late: (n) => stumbles[n] ?? 0 });
  expect(decided(late.fates)).toEqual(decided(punctual.fates));
  expect(decided(sentThrough(FULL, { seed: 5 }).fates)).not.toEqual(decided(punctual.fates));
});

test('each impairment has dice of its own: another one changes none of its decisions', () => {
  const lost = (network: Network): number[] =>
    sentThrough(network).fates.flatMap((fate) => (fate.lost ? [fate.n] : []));
  expect(lost(FULL)).toEqual(lost({ loss: 0.05, burst: 3 }));
  const doubled = (network: Network): number[] =>
    sentThrough(network).fates.flatMap((fate) => (fate.duplicated ? [fate.n] : []));
  const ofAll = new Set(doubled({ loss: 0, duplicate: 0.02 }));
  for (const n of doubled(FULL)) expect(ofAll).toContain(n);
});

test('control packets in between change no packet’s fate', () => {
  const fatesWith = (reports: number): readonly Fate[] => {
    const fates: Fate[] = [];
    const wire = impaired(wirePair()[0], { loss: 0.3 }, 1, handClock(), (fate) => fates.push(fate));
    for (let n = 0; n < 200; n++) {
      for (let i = 0; i < reports; i++) wire.send(Uint8Array.of(0x80, 200, 0, 1, 0, 0, 0, 1));
      wire.send(packet(n));
    }
    return fates.filter(({ seq }) => seq !== -1);
  };
  expect(fatesWith(2)).toEqual(fatesWith(0));
});

test('each way has its own network, and its own dice', () => {
  const [near, far] = wirePair();
  const fates: Fate[] = [];
  const network: Network = { loss: 0.5, way: 'in', back: { loss: 0.1 } };
  const wire = impaired(near, network, 1, handClock(), (fate) => fates.push(fate));
  for (let n = 0; n < 2000; n++) {
    wire.send(packet(n));
    far.send(packet(n));
  }
  const lost = (direction: Fate['direction']): number =>
    fates.filter((fate) => fate.direction === direction && fate.lost).length / 2000;
  expect(Math.abs(lost('in') - 0.5)).toBeLessThan(0.03);
  expect(Math.abs(lost('out') - 0.1)).toBeLessThan(0.03);
});
