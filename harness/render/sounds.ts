import type { SoundName } from '../model/plan.ts';
import { chance, hashSeed } from '../model/seed.ts';
import { highPass, resonate } from '../speech/dsp/filter.ts';
import { dbToGain, rmsDb } from '../speech/dsp/level.ts';

/** Level of the metronome's chirp, dBov. */
const CHIRP_DB = -20;
const CHIRP_FROM_HZ = 200;
const CHIRP_TO_HZ = 3000;
/** Level over its length, dBov: a cough or a bang is a little louder than her voice, a laugh as loud. */
const LEVEL_DB = { cough: -23, bang: -23, laugh: -27 } as const;

/** A sound that is not speech, `lengthMs` long at `rate` Hz. Same name and length, same samples. */
export function makeSound(sound: SoundName, lengthMs: number, rate: number): Float32Array {
  const length = Math.round((lengthMs * rate) / 1000);
  if (sound === 'chirp') return chirp(length, rate);
  const raw = BODIES[sound](length, rate);
  const gain = dbToGain(LEVEL_DB[sound] - rmsDb(raw));
  return raw.map((value) => value * gain);
}

const BODIES = { cough, bang, laugh } as const;

/** A linear sweep that begins and ends at full amplitude, so that both edges are exact to the sample. */
function chirp(length: number, rate: number): Float32Array {
  const amplitude = Math.SQRT2 * dbToGain(CHIRP_DB);
  const slope = (CHIRP_TO_HZ - CHIRP_FROM_HZ) / Math.max(1, length);
  return Float32Array.from({ length }, (_, i) => {
    const cycles = ((CHIRP_FROM_HZ + (slope * i) / 2) * i) / rate;
    return amplitude * Math.cos(2 * Math.PI * cycles);
  });
}

/** Two blasts of air through a throat, the second weaker. */
function cough(length: number, rate: number): Float32Array {
  const dice = chance(hashSeed('cough', length));
  const air = Float32Array.from({ length }, (_, i) => dice.normal() * blast(i, length));
  const throat = [650, 1250, 2300].map((centre) => resonate(air, rate, centre, 3));
  return air.map((value, i) => 0.15 * value + throat.reduce((sum, band) => sum + (band[i] ?? 0), 0));
}

function blast(i: number, length: number): number {
  const at = i / length;
  const first = at < 0.01 ? at / 0.01 : Math.exp(-(at - 0.01) / 0.14);
  const second = at < 0.5 ? 0 : 0.6 * Math.min(1, (at - 0.5) / 0.02) * Math.exp(-(at - 0.5) / 0.14);
  return first + second;
}

/** A door: a sharp edge, a thud and what rattles after it. */
function bang(length: number, rate: number): Float32Array {
  const dice = chance(hashSeed('bang', length));
  const knock = Float32Array.from({ length }, (_, i) => dice.normal() * Math.exp((-6 * i) / length));
  const thud = resonate(knock, rate, 320, 4);
  return highPass(
    knock.map((value, i) => 0.4 * value + 2 * (thud[i] ?? 0)),
    rate,
    120,
  );
}

/** Puffs of breath, each with a falling voice behind it, through an open throat. */
function laugh(length: number, rate: number): Float32Array {
  const dice = chance(hashSeed('laugh', length));
  const puff = (dice.between(170, 230) * rate) / 1000;
  const pitch = dice.between(140, 300);
  let phase = 0;
  const throat = Float32Array.from({ length }, (_, i) => {
    const at = (i % puff) / puff;
    phase = (phase + (pitch * (1.15 - (0.3 * i) / length)) / rate) % 1;
    const breath = 0.35 * dice.normal() * Math.sin(Math.PI * at);
    const voiced = at > 0.3 && at < 0.75 ? Math.sin((Math.PI * (at - 0.3)) / 0.45) * (2 * phase - 1) : 0;
    return (breath + voiced) * Math.exp((-0.9 * i) / length);
  });
  const formants = [750, 1250, 2500].map((centre) => resonate(throat, rate, centre, 6));
  return throat.map((value, i) => 0.05 * value + formants.reduce((sum, band) => sum + (band[i] ?? 0), 0));
}
