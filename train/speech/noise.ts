import type { Chance } from '../../harness/model/seed.ts';
import { level } from './signal.ts';

/** Noise whose power falls by 3 dB an octave: white noise through Kellet's six first-order filters. */
export function pinkNoise(length: number, dice: Chance): Float32Array {
  const poles = [0.99886, 0.99332, 0.969, 0.8665, 0.55, -0.7616];
  const gains = [0.0555179, 0.0750759, 0.153852, 0.3104856, 0.5329522, -0.016898];
  const state = poles.map(() => 0);
  const out = new Float32Array(length);
  for (let i = 0; i < length; i++) {
    const white = dice.normal();
    let sum = 0.5362 * white;
    for (let k = 0; k < poles.length; k++) {
      const next = (poles[k] ?? 0) * (state[k] ?? 0) + (gains[k] ?? 0) * white;
      state[k] = next;
      sum += next;
    }
    out[i] = sum;
  }
  return out;
}

/** Traffic: a rumble below 300 Hz or so, and cars that swell and fade every few seconds. */
export function streetNoise(length: number, rate: number, dice: Chance): Float32Array {
  const out = new Float32Array(length);
  const smooth = Math.exp((-2 * Math.PI * 300) / rate);
  let rumble = 0;
  for (let i = 0; i < length; i++) out[i] = 12 * (rumble = smooth * rumble + (1 - smooth) * dice.normal());
  const hiss = pinkNoise(length, dice);
  for (let from = 0; from < length; from += Math.round(rate * dice.between(1.5, 6))) {
    const seconds = dice.between(2, 6);
    const gain = dice.between(0.3, 1.2);
    for (let k = 0; k < seconds * rate && from + k < length; k++) {
      out[from + k] =
        (out[from + k] ?? 0) + gain * (hiss[from + k] ?? 0) * Math.sin((Math.PI * k) / (seconds * rate)) ** 2;
    }
  }
  return out;
}

/** A cafe: several talkers at once, room noise 3 dB below them, and cups. `talkers` are recordings at `rate`. */
export function cafeNoise(talkers: readonly Float32Array[], rate: number, dice: Chance): Float32Array {
  const length = Math.min(...talkers.map((talker) => talker.length));
  const out = new Float32Array(length);
  for (const talker of talkers) {
    const gain = 10 ** ((dice.between(-32, -26) - level(talker)) / 20);
    for (let i = 0; i < length; i++) out[i] = (out[i] ?? 0) + gain * (talker[i] ?? 0);
  }
  const room = pinkNoise(length, dice);
  const roomGain = 10 ** ((level(out) - 3 - level(room)) / 20);
  for (let i = 0; i < length; i++) out[i] = (out[i] ?? 0) + roomGain * (room[i] ?? 0);
  for (let cups = 0; cups < (length / rate) * 1.2; cups++) ringCup(out, rate, dice);
  return out;
}

function ringCup(out: Float32Array, rate: number, dice: Chance): void {
  const from = Math.floor(dice.between(0, out.length));
  const [hz, overtone] = [dice.between(1500, 3200), dice.between(1.3, 1.9)];
  const height = dice.between(0.02, 0.08);
  for (let k = 0; k < 0.2 * rate && from + k < out.length; k++) {
    const t = k / rate;
    const ring = Math.sin(2 * Math.PI * hz * t) + 0.5 * Math.sin(2 * Math.PI * hz * overtone * t);
    out[from + k] = (out[from + k] ?? 0) + height * Math.exp(-t / 0.03) * ring;
  }
}
