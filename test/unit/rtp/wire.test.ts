import { expect, test } from 'vitest';
import type { Fate } from '../../../harness/model/network.ts';
import { ms } from '../../../harness/model/time.ts';
import { buildPacket } from '../../../harness/rtp/packet.ts';
import { impaired, type Timer, wirePair } from '../../../harness/rtp/wire.ts';

/** No time passes. */
const atOnce: Timer = { now: () => ms(0), at: (_at, work) => work() };

const bytesOf = (seq: number): Uint8Array =>
  buildPacket({ payloadType: 0, marker: false, seq, timestamp: 0, ssrc: 1, payload: new Uint8Array(1) });

function sendThrough(loss: number, seed: number): { fates: Fate[]; arrived: number } {
  const fates: Fate[] = [];
  const [near, far] = wirePair();
  const phone = impaired(near, { loss }, seed, atOnce, (fate) => fates.push(fate));
  let arrived = 0;
  far.onPacket = () => arrived++;
  for (let seq = 0; seq < 5_000; seq++) phone.send(bytesOf(seq));
  return { fates, arrived };
}

test('the share of lost packets is the one asked for, every decision is told, and the seed repeats them', () => {
  const { fates, arrived } = sendThrough(0.1, 1);
  const lost = fates.filter((fate) => fate.lost);
  expect(fates.map(({ seq }) => seq)).toEqual(Array.from({ length: 5_000 }, (_, seq) => seq));
  expect(arrived).toBe(5_000 - lost.length);
  expect(Math.abs(lost.length / 5_000 - 0.1)).toBeLessThan(0.015);
  expect(sendThrough(0.1, 1).fates).toEqual(fates);
  expect(sendThrough(0.1, 2).fates).not.toEqual(fates);
});

test('the two directions are drawn independently: sending more loses no other packet of what comes in', () => {
  const incoming = (sends: number): number[] => {
    const lost: number[] = [];
    const [near, far] = wirePair();
    const phone = impaired(near, { loss: 0.3 }, 5, atOnce, (fate) => {
      if (fate.direction === 'in' && fate.lost) lost.push(fate.seq);
    });
    phone.onPacket = () => {};
    for (let seq = 0; seq < 200; seq++) {
      for (let i = 0; i < sends; i++) phone.send(bytesOf(seq));
      far.send(bytesOf(seq));
    }
    return lost;
  };
  expect(incoming(3)).toEqual(incoming(0));
});
