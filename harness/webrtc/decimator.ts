import type { Pcm } from '../model/audio.ts';

/** Taps on either side of the middle, for each sample that one comes out of. */
const REACH_PER_RATIO = 12;

/** A lower sample rate, a whole number of times: a windowed sinc (Blackman), frame after frame. */
export class Decimator {
  readonly #ratio: number;
  readonly #taps: Float64Array;
  /** The samples the filter still reaches back to. */
  #before: Float64Array;

  /** Throws RangeError when `from` is no multiple of `to`. */
  constructor(from: number, to: number) {
    if (from % to !== 0) throw new RangeError(`${from} Hz is no multiple of ${to} Hz`);
    this.#ratio = from / to;
    const reach = this.#ratio === 1 ? 0 : REACH_PER_RATIO * this.#ratio;
    this.#taps = tapsOf(reach, this.#ratio);
    this.#before = new Float64Array(2 * reach);
  }

  /** How much later what goes in comes out, in samples of what comes out. */
  get delay(): number {
    return (this.#taps.length - 1) / 2 / this.#ratio;
  }

  /** The next frame, whose length must be a multiple of the ratio. */
  next(samples: Pcm): Pcm {
    const all = new Float64Array(this.#before.length + samples.length);
    all.set(this.#before);
    all.set(samples, this.#before.length);
    this.#before = all.slice(samples.length);
    return Int16Array.from({ length: samples.length / this.#ratio }, (_, i) => this.#at(all, i * this.#ratio));
  }

  #at(all: Float64Array, from: number): number {
    let sum = 0;
    for (let k = 0; k < this.#taps.length; k++) sum += (this.#taps[k] as number) * (all[from + k] as number);
    return Math.max(-32_768, Math.min(32_767, Math.round(sum)));
  }
}

function tapsOf(reach: number, ratio: number): Float64Array {
  if (reach === 0) return Float64Array.of(1);
  const cutoff = 0.9 / ratio;
  const taps = Float64Array.from({ length: 2 * reach + 1 }, (_, i) => {
    const n = i - reach;
    const sinc = n === 0 ? cutoff : Math.sin(Math.PI * cutoff * n) / (Math.PI * n);
    const turn = (Math.PI * (n + reach)) / reach;
    return sinc * (0.42 - 0.5 * Math.cos(turn) + 0.08 * Math.cos(2 * turn));
  });
  const sum = taps.reduce((all, tap) => all + tap, 0);
  return taps.map((tap) => tap / sum);
}
