import type { Pcm } from '../../harness/model/audio.ts';

/** The quietest level that is told apart from nothing, dBov. */
export const SILENCE_DB = -120;

/** Full scale squared: a mean square of this much is 0 dBov. */
const FULL = 32768 * 32768;

/** Decibels (dBov) of a mean square in sample units. */
export const toDb = (power: number): number =>
  power <= 0 ? SILENCE_DB : Math.max(SILENCE_DB, 10 * Math.log10(power / FULL));

/** Mean square in sample units of a level in dBov. */
export const toPower = (db: number): number => FULL * 10 ** (db / 10);

/** Samples `from <= i < to`. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** A sum is kept for every so many samples: an eighth of the memory of one for each, for at most 14 squares a question. */
const STRIDE = 8;

/** Running sums of squares, so that the power of any stretch costs next to nothing. */
export interface Energy {
  readonly rate: number;
  readonly length: number;
  readonly samples: Pcm;
  /** `sums[i]` is the sum of squares of the first `8 i` samples: integers, hence exact. */
  readonly sums: Float64Array;
}

/** Sums up one channel. */
export function energyOf(samples: Pcm, rate: number): Energy {
  const sums = new Float64Array(Math.floor(samples.length / STRIDE) + 1);
  let sum = 0;
  for (let i = 0; i < sums.length - 1; i++) {
    sum += squares(samples, i * STRIDE, (i + 1) * STRIDE);
    sums[i + 1] = sum;
  }
  return { rate, length: samples.length, samples, sums };
}

/** Mean square of samples `from <= i < to`, clamped to the channel; 0 for an empty stretch. */
export function power(energy: Energy, from: number, to: number): number {
  const low = Math.max(0, Math.ceil(from));
  const high = Math.min(energy.length, Math.ceil(to));
  return high <= low ? 0 : sumOf(energy, low, high) / (high - low);
}

function sumOf({ samples, sums }: Energy, low: number, high: number): number {
  const first = Math.ceil(low / STRIDE);
  const last = Math.floor(high / STRIDE);
  if (last <= first) return squares(samples, low, high);
  const whole = (sums[last] as number) - (sums[first] as number);
  return whole + squares(samples, low, first * STRIDE) + squares(samples, last * STRIDE, high);
}

function squares(samples: Pcm, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += (samples[i] as number) * (samples[i] as number);
  return sum;
}

/** Mean squares of consecutive windows inside `over`: value `i` covers `width` samples from `over.from + i * hop` on. */
export function windows(energy: Energy, width: number, hop: number, over: Stretch): Float64Array {
  const count = Math.max(0, Math.floor((over.to - over.from - width) / hop) + 1);
  const values = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const at = over.from + i * hop;
    values[i] = sumOf(energy, at, at + width) / width;
  }
  return values;
}

/** The value below which a share `p` of `values` lies (nearest rank); undefined when there are none. */
export function percentile(values: Float64Array, p: number): number | undefined {
  if (values.length === 0) return undefined;
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(p * sorted.length) - 1))];
}
