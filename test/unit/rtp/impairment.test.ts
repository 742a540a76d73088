import { expect, test } from 'vitest';
import type { Fate } from '../../../harness/model/network.ts';
import { parsePacket } from '../../../harness/rtp/packet.ts';
import { impaired, wirePair } from '../../../harness/rtp/wire.ts';
import { handClock, packet } from './delivered.ts';

/** A packet every 20 ms through `phone`: when each arrived, and what was decided. */
function through(phone: Parameters<typeof impaired>[1], seed: number) {
  const timer = handClock();
  const fates: Fate[] = [];
  const arrivals: { seq: number; delay: number }[] = [];
  const [near, far] = wirePair();
  const wire = impaired(near, phone, seed, timer, (fate) => fates.push(fate));
  far.onPacket = (bytes) => {
    const seq = parsePacket(bytes)?.seq ?? -1;
    arrivals.push({ seq, delay: timer.now() - seq * 20 });
  };
  for (let seq = 0; seq < 2000; seq++) {
    timer.move(seq * 20);
    wire.send(packet(seq));
  }
  timer.move(1e6);
  return { fates, arrivals };
}

test('jitter delays every packet by what it says, keeps their order, and the seed repeats it', () => {
  const { fates, arrivals } = through({ loss: 0, jitterMs: 80 }, 3);
  expect(arrivals.map(({ seq }) => seq)).toEqual(Array.from({ length: 2000 }, (_, seq) => seq));
  const delays = arrivals.map(({ delay }) => delay);
  expect(Math.max(...delays)).toBeLessThanOrEqual(80);
  expect(Math.max(...delays)).toBeGreaterThan(75);
  expect(Math.min(...delays)).toBeLessThan(8);
  fates.forEach(({ delayMs }, seq) => expect(delayMs).toBeCloseTo(delays[seq] ?? NaN, 6));
  expect(through({ loss: 0, jitterMs: 80 }, 3).fates).toEqual(fates);
  expect(through({ loss: 0, jitterMs: 80 }, 4).fates).not.toEqual(fates);
});

test('loss and jitter together: what is lost is not delayed, and every packet has one fate', () => {
  const { fates, arrivals } = through({ loss: 0.1, jitterMs: 40 }, 5);
  const lost = fates.filter((fate) => fate.lost);
  expect(arrivals.length + lost.length).toBe(2000);
  expect(Math.abs(lost.length / 2000 - 0.1)).toBeLessThan(0.03);
});

test('a phone that is impaired one way only hears everything at once', () => {
  const timer = handClock();
  const [near, far] = wirePair();
  const wire = impaired(near, { loss: 0.9, jitterMs: 80, way: 'out' }, 1, timer, () => {});
  const heard: number[] = [];
  wire.onPacket = (bytes) => heard.push(parsePacket(bytes)?.seq ?? -1);
  for (let seq = 0; seq < 50; seq++) far.send(packet(seq));
  expect(heard).toHaveLength(50);
});
