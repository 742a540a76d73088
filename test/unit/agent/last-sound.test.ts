import { expect, test } from 'vitest';
import { LastSound } from '../../../agent/ear/last-sound.ts';
import { ms } from '../../../harness/model/time.ts';

const RATE = 8000;
const FRAME = 160;

/** Noise of `db` dBov, the same every time. */
function noise(length: number, db: number, seed = 1): number[] {
  let state = seed;
  const amplitude = 32768 * 10 ** (db / 20) * Math.sqrt(3);
  return Array.from({ length }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return (state / 2 ** 30 - 1) * amplitude;
  });
}

/** A line of one turn: a vowel to 700 ms, a soft "s" of `softDb` from there to `endMs`, then the line's noise. */
function heard(endMs: number, softDb: number, noiseDb = -65): LastSound {
  const [vowel, end, all] = [0.7 * RATE, (endMs * RATE) / 1000, 1.4 * RATE];
  const floor = noise(all, noiseDb, 7);
  const soft = noise(all, softDb);
  const line = floor.map((sample, i) => {
    if (i < vowel) return sample + 32768 * 10 ** (-26 / 20) * Math.SQRT2 * Math.sin((2 * Math.PI * 200 * i) / RATE);
    return i < end ? sample + (soft[i] ?? 0) : sample;
  });
  const sound = new LastSound();
  for (let from = 0; from < all; from += FRAME) {
    const samples = Int16Array.from(line.slice(from, from + FRAME));
    sound.frame(samples, ms(5000 + (from * 1000) / RATE), from < vowel);
  }
  return sound;
}

test.each([701, 745, 790, 833])('a soft last consonant belongs to her turn, to the millisecond: %i', (endMs) => {
  const end = heard(endMs, -50).end(RATE, -65, ms(0));
  expect(Math.abs(end - 5000 - endMs)).toBeLessThan(4);
});

test('what is inaudible at the end of her turn, or no louder than the noise, is not hers', () => {
  expect(Math.abs(heard(800, -66).end(RATE, -65, ms(0)) - 5700)).toBeLessThan(4);
  expect(Math.abs(heard(800, -48, -48).end(RATE, -46, ms(0)) - 5700)).toBeLessThan(4);
});

test('where nothing was loud, the end that turn-taking went by is kept', () => {
  const sound = new LastSound();
  sound.frame(new Int16Array(FRAME), ms(100), false);
  expect(sound.end(RATE, -65, ms(77))).toBe(77);
});
