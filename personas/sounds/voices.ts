import type { Chance } from '../../harness/model/seed.ts';

/** First three formants of some vowels, Hz. */
const VOWELS = [
  [730, 1090, 2440],
  [530, 1840, 2480],
  [270, 2290, 3010],
  [570, 840, 2410],
  [300, 870, 2240],
  [660, 1720, 2410],
  [490, 1350, 1690],
] as const;

const WIDTHS = [80, 100, 140] as const;

/** One resonance being played through: coefficients and memory. */
interface Formant {
  gain: number;
  near: number;
  far: number;
  last: number;
  before: number;
}

/**
 * Somebody talking at another table: a buzz at a wandering pitch through moving formants, in syllables and sentences.
 * Not words: the rhythm, pitch and spectrum of speech without a word in it.
 */
export function addTalker(onto: Float32Array, rate: number, loudness: number, dice: Chance): void {
  const pitch = dice.pick([1, 1.7]) * dice.between(90, 130);
  const formants = WIDTHS.map((): Formant => ({ gain: 0, near: 0, far: 0, last: 0, before: 0 }));
  let at = -Math.floor(dice.between(0, 2) * rate);
  let phase = 0;
  while (at < onto.length) {
    const syllables = Math.floor(dice.between(4, 16));
    const melody = dice.between(0.95, 1.15);
    for (let syllable = 0; syllable < syllables; syllable++) {
      const length = Math.floor(dice.between(0.12, 0.26) * rate);
      const voiced = dice.between(0.55, 0.95);
      const bend = melody * (1.1 - (0.2 * syllable) / syllables) * dice.between(0.95, 1.05);
      tune(formants, dice.pick(VOWELS), dice.between(0.92, 1.12), rate);
      for (let i = 0; i < length; i++) {
        phase += (pitch * bend) / rate;
        if (phase >= 1) phase -= 1;
        const open = i / length < voiced;
        const source = open ? phase * 2 - 1 + 0.1 * dice.normal() : 0.25 * dice.normal();
        const shape = Math.sin((Math.PI * i) / length) ** 0.7 * (open ? 1 : 0.5);
        const value = play(formants, source * shape);
        if (at + i >= 0 && at + i < onto.length) onto[at + i] = (onto[at + i] ?? 0) + loudness * value;
      }
      at += length;
    }
    at += Math.floor(dice.between(0.25, 1.8) * rate);
  }
}

function tune(formants: readonly Formant[], vowel: readonly number[], size: number, rate: number): void {
  formants.forEach((formant, i) => {
    const centre = Math.min(0.45 * rate, (vowel[i] ?? 500) * size);
    const radius = Math.exp((-Math.PI * (WIDTHS[i] ?? 100)) / rate);
    formant.near = 2 * radius * Math.cos((2 * Math.PI * centre) / rate);
    formant.far = -radius * radius;
    formant.gain = (1 - radius) / 2 ** i;
  });
}

function play(formants: readonly Formant[], source: number): number {
  let sum = 0;
  for (const formant of formants) {
    const value = formant.gain * source + formant.near * formant.last + formant.far * formant.before;
    formant.before = formant.last;
    formant.last = value;
    sum += value;
  }
  return sum;
}
