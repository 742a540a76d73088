import { expect, test } from 'vitest';
import { hearRhythm, noRhythm, repeatsItself, repetition } from '../../../agent/ear/rhythm.ts';
import type { Rhythm } from '../../../agent/ear/rhythm.ts';
import { chance, hashSeed } from '../../../harness/model/seed.ts';
import { makeSound } from '../../../harness/render/sounds.ts';
import { resonate, telephoneBand } from '../../../harness/speech/dsp/filter.ts';
import { toPcm } from '../../../harness/speech/dsp/samples.ts';

const RATE = 8000;
const FRAME = 160;

function heard(samples: Float32Array, sounds = true, from: Rhythm = noRhythm): Rhythm {
  const pcm = toPcm(samples);
  let rhythm = from;
  for (let at = 0; at + FRAME <= pcm.length; at += FRAME) {
    rhythm = hearRhythm(rhythm, pcm.subarray(at, at + FRAME), sounds);
  }
  return rhythm;
}

/** Voiced syllables, each with its own length, pitch and vowel: what tells a sentence from a laugh. */
function sentence(seed: number): Float32Array {
  const dice = chance(hashSeed('sentence', seed));
  const syllables = Array.from({ length: 4 }, () => {
    const length = Math.round((dice.between(90, 260) * RATE) / 1000);
    const pitch = dice.between(100, 180);
    const pulse = Float32Array.from(
      { length },
      (_, i) => (2 * (((pitch * i) / RATE) % 1) - 1) * Math.sin((Math.PI * i) / length),
    );
    const [first, second] = [dice.between(280, 800), dice.between(900, 2300)];
    const [low, high] = [resonate(pulse, RATE, first, 6), resonate(pulse, RATE, second, 6)];
    return pulse.map((_, i) => 0.3 * ((low[i] ?? 0) + (high[i] ?? 0)));
  });
  return Float32Array.from(syllables.flatMap((syllable) => [...syllable]));
}

test.each([500, 600, 700, 900, 1100])('a laugh of %i ms is told by its puffs, alike and evenly spaced', (lengthMs) => {
  const laugh = telephoneBand(makeSound('laugh', lengthMs, RATE), RATE);
  expect(repeatsItself(heard(laugh))).toBe(true);
});

test('syllables of many lengths and vowels are no laugh: 19 of 20 at least', () => {
  const taken = Array.from({ length: 20 }, (_, seed) => seed).filter((seed) =>
    repeatsItself(heard(sentence(seed).subarray(0, 0.56 * RATE))),
  );
  expect(taken.length).toBeLessThanOrEqual(1);
});

test('one syllable, a held vowel or a bang repeats nothing', () => {
  const vowel = Float32Array.from({ length: 0.6 * RATE }, (_, i) => 0.3 * (2 * (((120 * i) / RATE) % 1) - 1));
  expect(repeatsItself(heard(makeSound('bang', 600, RATE)))).toBe(false);
  expect(repeatsItself(heard(vowel))).toBe(false);
  expect(repetition(heard(vowel.subarray(0, 0.15 * RATE)))).toBe(-1);
});

test('a quarter of a second of quiet makes what follows another sound', () => {
  const laugh = heard(makeSound('laugh', 700, RATE));
  const quiet = heard(new Float32Array(0.26 * RATE), false, laugh);
  expect(repetition(laugh)).toBeGreaterThan(0.57);
  expect(repetition(quiet)).toBe(-1);
});

test('the quiet after a laugh is no part of it', () => {
  const laugh = heard(makeSound('laugh', 700, RATE));
  const after = heard(new Float32Array(0.12 * RATE), false, laugh);
  expect(repeatsItself(laugh)).toBe(true);
  expect(repeatsItself(after)).toBe(true);
});
