import { expect, test } from 'vitest';
import { ms } from '../../../harness/model/time.ts';
import { EAR_BUFFER_MS, earTime, lateStretches } from '../../../harness/rtp/ear-time.ts';

const maps = [
  { ssrc: 1, from: 0, to: 1600, originMs: ms(100), msPerSample: 0.125 },
  { ssrc: 2, from: 1600, to: 3200, originMs: ms(900), msPerSample: 0.125 },
];
const packet = (n: number, delay: number) => {
  const map = n < 10 ? { at: 100, from: 0 } : { at: 900, from: 10 };
  return { mediaIndex: n * 160, samples: 160, at: ms(map.at + (n - map.from) * 20 + delay) };
};

test('a packet beyond the buffer is heard, or one inside it is not', () => {
  const delays = [0, 59, 61, 0, 0, 0, 0, 0, 0, 0, 0, 60, 0];
  const packets = delays.map((delay, n) => packet(n, delay));
  expect(lateStretches(packets, maps)).toEqual([{ from: 320, to: 480, byMs: 1 }]);
});

test('late neighbours are counted as two losses', () => {
  const packets = [0, 80, 95, 0].map((delay, n) => packet(n, delay));
  expect(lateStretches(packets, maps)).toEqual([{ from: 160, to: 480, byMs: 35 }]);
});

test('the ear is ahead of the wire', () => {
  expect(earTime(ms(10))).toBe(10 + EAR_BUFFER_MS);
  expect(lateStretches([], [])).toEqual([]);
});
