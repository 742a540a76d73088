import type { Pcm } from '../model/audio.ts';
import { chance, hashSeed } from '../model/seed.ts';

/** Level of what is sent when nothing is said, so that silence is never digital zero. */
export const FLOOR_DBOV = -65;

/** Samples of noise before it repeats: 2 s at 8 kHz. */
const LOOP_SAMPLES = 16_000;

/** Seeded white noise at -65 dBov (0 dBov is the RMS of a full-scale square wave, ITU-T G.100.1), to be looped. */
export function floorNoise(seed: number): Pcm {
  const { normal } = chance(hashSeed(seed, 'floor'));
  const rms = 32_768 * 10 ** (FLOOR_DBOV / 20);
  return Int16Array.from({ length: LOOP_SAMPLES }, () => Math.round(rms * normal()));
}
