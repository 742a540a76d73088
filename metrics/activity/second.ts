import type { Pcm } from '../../harness/model/audio.ts';
import type { Energy, Stretch } from './energy.ts';
import { fourier } from './fft.ts';
import { lostWithin } from './stretches.ts';

/** Frames of the second opinion: 16 ms under a Hann window, every 4 ms. Its own resolution is half a frame. */
const FRAME_MS = 16;
const HOP_MS = 4;
export const RESOLUTION_MS = 8;
/** It looks this far to both sides of what the first detector says. */
const OUTWARDS_MS = 256;
const INWARDS_MS = 200;
/** The noise is learned from what lies further out than that, or, between neighbours, from what there is. */
const LEARN_MS = 800;
const LEARN_HOP_MS = 32;
const LEAST_LEARNED = 8;
const BAND_HZ = { from: 150, to: 3700 };
/** A bin of nothing at all holds this much: nobody hears what is fainter, dBov over the whole band. */
const INAUDIBLE_DB = -70;
/** Mean log likelihood ratio of noise alone is 0.15, with a scatter of 0.07 over this many bins. */
const DRIFT = 0.45;
const ALARM = 1.2;

const transforms = new Map<number, ReturnType<typeof spectraOf>>();

/**
 * A second opinion on where a sound begins (`step` 1) or ends (-1), in samples: the likelihood ratio of the spectrum
 * against the noise next to it (Sohn, Kim and Sung 1999, with the maximum likelihood estimate of the signal), summed up
 * by Page's CUSUM (1954). It hears in each band by itself, so a weak hiss or hum that total energy misses stands out.
 * Undefined where there is no quiet to learn from, or nothing stands out.
 */
export function secondEdge(
  energy: Energy,
  edge: number,
  neighbour: number,
  step: 1 | -1,
  lost: readonly Stretch[],
): number | undefined {
  const ms = energy.rate / 1000;
  const out = Math.max(0, step * (edge - neighbour));
  const reach = Math.min(OUTWARDS_MS * ms, out / 2);
  const spectra = spectraFor(energy.rate);
  // The start of the frame that has its centre at `at`.
  const frame = (at: number): Float64Array => spectra(energy.samples, Math.round(at) - (FRAME_MS * ms) / 2);
  const far = Math.min(out, reach + LEARN_MS * ms);
  const learned: Float64Array[] = [];
  for (let off = reach + FRAME_MS * ms; off <= far; off += LEARN_HOP_MS * ms) {
    const at = Math.round(edge - step * off);
    if (lostWithin(lost, at - FRAME_MS * ms, at + FRAME_MS * ms) === 0) learned.push(frame(at));
  }
  if (learned.length < LEAST_LEARNED) return undefined;
  const noise = noiseOf(learned, spectra.floor(INAUDIBLE_DB));
  let [sum, begun] = [0, 0];
  for (let off = -reach; off <= INWARDS_MS * ms; off += HOP_MS * ms) {
    const at = edge + step * off;
    if (sum === 0) begun = at;
    sum = Math.max(0, sum + likelihood(frame(at), noise) - DRIFT);
    if (sum > ALARM) return Math.round(begun);
  }
  return undefined;
}

/** Power of each bin of the noise: its median, which no short sound in it moves. */
function noiseOf(frames: readonly Float64Array[], floor: number): Float64Array {
  const middle = frames.length >> 1;
  return Float64Array.from(frames[0] ?? [], (_, bin) => {
    const powers = Float64Array.from(frames, (frame) => frame[bin] as number).sort();
    // The median of an exponential law is ln 2 of its mean.
    return Math.max(floor, (powers[middle] as number) / Math.LN2);
  });
}

/** Mean over the bins of the log of how much likelier sound is than noise. */
function likelihood(frame: Float64Array, noise: Float64Array): number {
  let sum = 0;
  for (let bin = 0; bin < frame.length; bin++) {
    const ratio = (frame[bin] as number) / (noise[bin] as number);
    if (ratio > 1) sum += ratio - 1 - Math.log(ratio);
  }
  return sum / frame.length;
}

function spectraFor(rate: number): ReturnType<typeof spectraOf> {
  const known = transforms.get(rate);
  if (known) return known;
  const made = spectraOf(rate);
  transforms.set(rate, made);
  return made;
}

/** Powers of the bins in the band of one frame; `floor` is what a bin holds of white noise at a level in dBov. */
function spectraOf(rate: number): ((samples: Pcm, from: number) => Float64Array) & { floor(db: number): number } {
  const width = Math.round((FRAME_MS * rate) / 1000);
  const { size, transform } = fourier(2 ** Math.ceil(Math.log2(width)));
  const window = Float64Array.from(
    { length: width },
    (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / width),
  );
  const first = Math.ceil((BAND_HZ.from * size) / rate);
  const last = Math.floor((BAND_HZ.to * size) / rate);
  const [re, im] = [new Float64Array(size), new Float64Array(size)];
  const spectrum = (samples: Pcm, from: number): Float64Array => {
    re.fill(0);
    im.fill(0);
    for (let i = 0; i < width; i++) re[i] = (window[i] as number) * (samples[from + i] ?? 0);
    transform(re, im);
    const powers = new Float64Array(last - first + 1);
    for (let bin = first; bin <= last; bin++) {
      powers[bin - first] = (re[bin] as number) ** 2 + (im[bin] as number) ** 2;
    }
    return powers;
  };
  const gain = window.reduce((sum, weight) => sum + weight * weight, 0);
  return Object.assign(spectrum, { floor: (db: number) => 32768 * 32768 * 10 ** (db / 10) * gain });
}
