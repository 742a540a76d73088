import type { Pcm } from '../model/audio.ts';
import { chance, hashSeed } from '../model/seed.ts';

/** Level of what is sent when nothing is said, so that silence is never digital zero. */
export const FLOOR_DBOV = -65;

/** Samples of noise before it repeats: 2 s at 8 kHz. */
const LOOP_SAMPLES = 16_000;

/** White noise at the floor's level; 0 dBov is the RMS of a full-scale square wave (ITU-T G.100.1). */
function whiteNoise(): Pcm {
  const { normal } = chance(hashSeed('floor'));
  const rms = 32_768 * 10 ** (FLOOR_DBOV / 20);
  return Int16Array.from({ length: LOOP_SAMPLES }, () => Math.round(rms * normal()));
}

let noise: Pcm | undefined;

/** Noise at -65 dBov to be looped. The seed says where in the one loop it begins: making it anew would cost a call 20 ms. */
export function floorNoise(seed: number): Pcm {
  noise ??= whiteNoise();
  const begin = Math.floor(chance(hashSeed(seed, 'floor')).next() * LOOP_SAMPLES);
  const turned = new Int16Array(LOOP_SAMPLES);
  turned.set(noise.subarray(begin));
  turned.set(noise.subarray(0, begin), LOOP_SAMPLES - begin);
  return turned;
}
