import type { Chance } from '../../harness/model/seed.ts';

/** Poles and weights of first-order sections whose sum falls 3 dB an octave, one section per two octaves or so. */
const SECTIONS = [
  { pole: 0.997, weight: 0.12 },
  { pole: 0.985, weight: 0.18 },
  { pole: 0.93, weight: 0.28 },
  { pole: 0.72, weight: 0.5 },
  { pole: 0.1, weight: 0.75 },
] as const;

/** Noise with equal energy per octave, about -20 dB rms. */
export function pinkNoise(samples: number, dice: Chance): Float32Array {
  const held = SECTIONS.map(() => 0);
  return Float32Array.from({ length: samples }, () => {
    const white = dice.normal() * 0.05;
    let sum = 0;
    SECTIONS.forEach(({ pole, weight }, i) => {
      held[i] = pole * (held[i] ?? 0) + weight * white;
      sum += held[i] ?? 0;
    });
    return sum;
  });
}
