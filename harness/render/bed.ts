import type { Pcm } from '../model/audio.ts';
import type { Place } from '../model/person.ts';
import { BED_LOOP_MS } from '../model/rendered.ts';
import { chance, hashSeed } from '../model/seed.ts';
import { msToSamples } from '../model/time.ts';
import { dbToGain, rmsDb, SILENCE_DB } from '../speech/dsp/level.ts';
import { toPcm } from '../speech/dsp/samples.ts';
import { phoneBand } from './phone.ts';

/** The end fades into the beginning over this long. */
const SEAM_MS = 500;

/** A loop of a place's noise in the band of a phone at `rate`, at `levelDb` dBov; undefined for a place without noise. */
export function makeBed(place: Place, levelDb: number, seed: number, rate: number): Pcm | undefined {
  const raw = place.noise(msToSamples(BED_LOOP_MS + SEAM_MS, rate), rate, chance(hashSeed(seed, 'bed')));
  const loop = seamless(phoneBand(raw, rate), msToSamples(SEAM_MS, rate));
  const level = rmsDb(loop);
  if (level <= SILENCE_DB) return undefined;
  const gain = dbToGain(levelDb - level);
  return toPcm(loop.map((value) => value * gain));
}

/** Crossfades, with constant power, what runs over the end into the beginning. */
function seamless(samples: Float32Array, seam: number): Float32Array {
  const length = samples.length - seam;
  const loop = samples.slice(0, length);
  for (let i = 0; i < seam; i++) {
    const turn = (Math.PI / 2) * ((i + 0.5) / seam);
    loop[i] = (loop[i] ?? 0) * Math.sin(turn) + (samples[length + i] ?? 0) * Math.cos(turn);
  }
  return loop;
}
