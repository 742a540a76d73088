import { PHONE_RATE } from '../model/audio.ts';
import { telephoneBand, wideBand } from '../speech/dsp/filter.ts';

/** What a phone whose audio has `rate` samples a second passes. */
export const phoneBand = (samples: Float32Array, rate: number): Float32Array =>
  rate === PHONE_RATE ? telephoneBand(samples, rate) : wideBand(samples, rate);
