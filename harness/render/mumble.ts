import { chance, hashSeed } from '../model/seed.ts';
import { lowPass } from '../speech/dsp/filter.ts';
import { dbToGain, levelled, NOMINAL_DB } from '../speech/dsp/level.ts';

/** She mumbles this much faster than she speaks. */
export const MUMBLE_RATE = 1.15;

const MUFFLED_HZ = 1200;
const QUIETER_DB = -8;
/**
 * Speech-to-noise ratio of the modulated noise (the Q of ITU-T P.810's reference unit). A recogniser that normalises its
 * cepstrum undoes a low-pass; it cannot undo this, and there is no noise where there is no speech: the bounds stay exact.
 */
const BLUR_DB = 2;

/** Muffled, quieter and blurred. Same samples in, same samples out. */
export function mumble(speech: Float32Array, rate: number): Float32Array {
  const dice = chance(hashSeed('mumble', speech.length));
  const blur = dbToGain(-BLUR_DB);
  const muffled = lowPass(speech, rate, MUFFLED_HZ);
  const blurred = muffled.map((value) => value * (1 + blur * dice.normal()));
  return levelled(blurred, rate, NOMINAL_DB + QUIETER_DB);
}
