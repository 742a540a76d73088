import { expect, test } from 'vitest';
import { ms } from '../../../harness/model/time.ts';
import { chance } from '../../../harness/model/seed.ts';
import { clockBreaks } from '../../../harness/rtp/clock-breaks.ts';
import { type Arrival, type Envelope, lowerEnvelope, skewPpm } from '../../../harness/rtp/envelope.ts';

const NOMINAL = 0.125;
const ORIGIN = 1_234.5;

interface Network {
  readonly skew: number;
  readonly seconds: number;
  readonly delay: (packet: number) => number;
  readonly loss: number;
}

/** Packets of a sender whose crystal is off by `skew` ppm, through a network that only ever delays. */
function arrivals({ skew, seconds, delay, loss }: Network): Arrival[] {
  const { next } = chance(99);
  return Array.from({ length: seconds * 50 }, (_, packet) => ({
    index: packet * 160,
    at: ms(ORIGIN + packet * 160 * NOMINAL * (1 + skew * 1e-6) + delay(packet)),
  })).filter(() => next() >= loss);
}

/** The worst error of the map over the stretch, in ms, against the network's least delay. */
function worstError(fit: Envelope, network: Network, leastDelay: number): number {
  const truth = (index: number): number => ORIGIN + leastDelay + index * NOMINAL * (1 + network.skew * 1e-6);
  const map = (index: number): number => fit.originMs + (index - fit.from) * fit.msPerSample;
  return Math.max(...[0, network.seconds * 4_000, network.seconds * 8_000].map((i) => Math.abs(map(i) - truth(i))));
}

const exponential = (seed: number, mean: number): (() => number) => {
  const { next } = chance(seed);
  return () => -mean * Math.log(1 - next());
};

for (const skew of [-200, 0, 200]) {
  test(`a crystal off by ${skew} ppm is found through 10 ms of jitter and 5 % loss, in a minute`, () => {
    const network = { skew, seconds: 60, delay: exponential(skew + 1_000, 10), loss: 0.05 };
    const fit = lowerEnvelope(arrivals(network), NOMINAL);
    expect(Math.abs(skewPpm(fit, NOMINAL) - skew)).toBeLessThan(20);
    expect(worstError(fit, network, 0)).toBeLessThan(1);
  });
}

test('reordered arrivals give the same map', () => {
  const sorted = arrivals({ skew: 50, seconds: 20, delay: exponential(3, 15), loss: 0 });
  const shuffled = sorted.toSorted((a, b) => a.at - b.at);
  expect(shuffled).not.toEqual(sorted);
  expect(lowerEnvelope(shuffled, NOMINAL)).toEqual(lowerEnvelope(sorted, NOMINAL));
});

test('a short stretch keeps the nominal rate instead of believing its jitter', () => {
  const network = { skew: 0, seconds: 2, delay: (packet: number) => (packet < 50 ? 20 : 0), loss: 0 };
  const fit = lowerEnvelope(arrivals(network), NOMINAL);
  expect(fit.msPerSample).toBe(NOMINAL);
  expect(worstError(fit, network, 0)).toBeLessThan(1e-6);
});

test('a queue that drains over a call is not taken for a crystal', () => {
  const network = { skew: 0, seconds: 10, delay: (packet: number) => 100 - packet / 5, loss: 0 };
  const ppm = skewPpm(lowerEnvelope(arrivals(network), NOMINAL), NOMINAL);
  expect(ppm).toBeCloseTo(-500, 6);
});

test('exact arrivals give the exact line', () => {
  const network = { skew: 0, seconds: 30, delay: () => 0, loss: 0 };
  const fit = lowerEnvelope(arrivals(network), NOMINAL);
  expect(worstError(fit, network, 0)).toBeLessThan(1e-6);
});

test('one packet is enough for a map, none is an error', () => {
  expect(lowerEnvelope([{ index: 480, at: ms(70) }], NOMINAL)).toEqual({
    from: 480,
    originMs: 70,
    msPerSample: NOMINAL,
  });
  expect(() => lowerEnvelope([], NOMINAL)).toThrow(RangeError);
});

const steady = (packets: number, delay: (packet: number) => number): Arrival[] =>
  Array.from({ length: packets }, (_, packet) => ({ index: packet * 160, at: ms(packet * 20 + delay(packet)) }));

test('a sender that pauses and goes on with the next timestamp begins a new stretch', () => {
  expect(
    clockBreaks(
      steady(300, (packet) => (packet < 120 ? 0 : 700)),
      NOMINAL,
    ),
  ).toEqual([120]);
});

test('a stall that bursts afterwards, single late packets and jitter are no breaks', () => {
  const stall = (packet: number): number => (packet >= 100 && packet < 112 ? 20 * (112 - packet) : 0);
  expect(clockBreaks(steady(300, stall), NOMINAL)).toEqual([]);
  expect(
    clockBreaks(
      steady(300, (packet) => (packet % 40 === 7 ? 90 : 0)),
      NOMINAL,
    ),
  ).toEqual([]);
  const { next } = chance(5);
  expect(
    clockBreaks(
      steady(300, () => 60 * next()),
      NOMINAL,
    ),
  ).toEqual([]);
});

test('a timestamp that leaps ahead of the clock begins a new stretch', () => {
  const leaping = steady(200, () => 0).map(({ index, at }, i) => ({ index: i < 90 ? index : index + 8_000, at }));
  expect(clockBreaks(leaping, NOMINAL)).toEqual([90]);
});

test('a step of 25 ms in the network is spread over the call as if it were a crystal', () => {
  const stepped = steady(300, (packet) => (packet < 120 ? 0 : 25));
  expect(clockBreaks(stepped, NOMINAL)).toEqual([120]);
});

test('80 ms of jitter is taken for steps', () => {
  for (const seed of [1, 2, 3, 4, 5, 6]) {
    const { next } = chance(seed);
    const jittered = steady(3000, () => 80 * next());
    expect(clockBreaks(jittered, NOMINAL)).toEqual([]);
  }
});
