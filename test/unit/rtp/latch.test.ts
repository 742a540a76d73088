import { expect, test } from 'vitest';
import { Latch } from '../../../harness/rtp/latch.ts';

const described = { host: '192.168.7.9', port: 4000 };
const real = { host: '203.0.113.5', port: 31_000 };
const stranger = { host: '198.51.100.66', port: 6_666 };

test('the described address is taken at its first packet', () => {
  expect(new Latch(described).see({ ssrc: 1, seq: 5 }, described)).toEqual(described);
});

test('another address is taken after three packets of one stream, some lost between', () => {
  const latch = new Latch(described);
  const found = [65_534, 65_535, 3].map((seq) => latch.see({ ssrc: 1, seq }, real));
  expect(found).toEqual([undefined, undefined, real]);
});

test('single packets of a stranger draw nothing away, however many he sends', () => {
  const latch = new Latch(described);
  for (const ssrc of [7, 8, 9]) expect(latch.see({ ssrc, seq: 1 }, stranger)).toBeUndefined();
  for (const seq of [100, 40_000, 9, 30_000]) expect(latch.see({ ssrc: 7, seq }, stranger)).toBeUndefined();
  expect(latch.see({ ssrc: 1, seq: 5 }, described)).toEqual(described);
});

test('the same stream from two addresses is not added up', () => {
  const latch = new Latch(described);
  expect([real, stranger, real, stranger].map((at, seq) => latch.see({ ssrc: 1, seq }, at))).toEqual(
    Array.from({ length: 4 }),
  );
});
