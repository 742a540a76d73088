import type { Pcm } from '../../harness/model/audio.ts';
import type { Stretch } from './energy.ts';
import { fourier, type Fourier } from './fft.ts';

/** Longest way round that is looked at, ms: a satellite link and two jitter buffers. */
const LONGEST_MS = 1200;
/** A map to call time may be off by this much, so that an echo seems to come before its cause (ms). */
const EARLIEST_MS = 20;
const BAND_HZ = { from: 200, to: 3400 };
/** The highest of ten thousand lags of noise is 4.3 times their scatter; an echo stands out of it. */
const STANDS_OUT = 7;

let transform: Fourier | undefined;

/**
 * Delay, in samples, at which a piece of `caller` comes back in `agent`, where sample `at` of the agent's channel was
 * heard when the piece's first sample left; undefined when nothing stands out. Generalised cross-correlation with phase
 * transform (Knapp and Carter 1976): it does not care how loud the echo is, or how the line colours it.
 */
export function sightingOf(caller: Pcm, piece: Stretch, agent: Pcm, at: number, rate: number): number | undefined {
  const early = Math.round((EARLIEST_MS * rate) / 1000);
  const late = Math.round((LONGEST_MS * rate) / 1000);
  const size = 2 ** Math.ceil(Math.log2(piece.to - piece.from + early + late));
  transform = transform?.size === size ? transform : fourier(size);
  const [re, im] = [new Float64Array(size), new Float64Array(size)];
  for (let i = piece.from; i < piece.to; i++) re[i - piece.from] = caller[i] ?? 0;
  const from = Math.round(at) - early;
  for (let i = 0; i < piece.to - piece.from + early + late; i++) im[i] = agent[from + i] ?? 0;
  const lags = whitenedCorrelation(transform, re, im, rate);
  let [best, sum] = [0, 0];
  for (let lag = 0; lag < early + late; lag++) {
    const value = lags[lag] as number;
    sum += value * value;
    if (value > (lags[best] as number)) best = lag;
  }
  const scatter = Math.sqrt(sum / (early + late));
  return scatter > 0 && (lags[best] as number) > STANDS_OUT * scatter ? best - early : undefined;
}

/** Correlation of two real signals by their phases alone; both go through one transform, as its two parts. */
function whitenedCorrelation(
  { size, transform: run }: Fourier,
  re: Float64Array,
  im: Float64Array,
  rate: number,
): Float64Array {
  run(re, im);
  const [x, y] = [new Float64Array(size), new Float64Array(size)];
  const first = Math.ceil((BAND_HZ.from * size) / rate);
  const last = Math.floor((BAND_HZ.to * size) / rate);
  for (let bin = first; bin <= last; bin++) {
    const mirror = size - bin;
    const a = re[bin] as number;
    const b = im[bin] as number;
    const c = re[mirror] as number;
    const d = im[mirror] as number;
    // Spectra of the two parts, a + c + i (b - d) and b + d + i (c - a): even and odd halves of the whole.
    const crossRe = (b + d) * (a + c) + (c - a) * (b - d);
    const crossIm = (c - a) * (a + c) - (b + d) * (b - d);
    const length = Math.sqrt(crossRe * crossRe + crossIm * crossIm);
    if (length === 0) continue;
    x[bin] = crossRe / length;
    y[bin] = crossIm / length;
  }
  // Real part of the inverse transform, twice over for the mirrored half: scale does not matter here.
  run(y, x);
  return x;
}

/** The delay most sightings agree on to within `same` samples; undefined when fewer than `least` do. */
export function delayIn(sightings: readonly number[], same: number, least: number): number | undefined {
  const near = (delay: number): number[] => sightings.filter((other) => Math.abs(other - delay) <= same);
  const best = sightings.map(near).reduce<number[]>((most, some) => (some.length > most.length ? some : most), []);
  if (best.length < least) return undefined;
  return best.toSorted((a, b) => a - b)[best.length >> 1];
}
