import type { Sounding } from '../../harness/model/activity.ts';
import { percentile, type Energy, type Stretch } from './energy.ts';
import { fourier } from './fft.ts';

/** Frames of 64 ms tell one note from the next harmonic. */
const FRAME = 512;
const HOP = 512;
/** A ring-back tone or a beep is a few lines: so many peaks hold so much of its power. */
const LINES = 3;
const LINES_SHARE = 0.85;
const SHORTEST_TONE_MS = 200;
/** What is neither speech to the model nor a tone is told apart only when there is this much of it. */
const SHORTEST_MS = 1500;
/** A voice repeats itself from period to period; several instruments, or a noise, do not. */
const VOICE = { lowHz: 75, highHz: 400, periodic: 0.8 };
/** Geometric by arithmetic mean of a spectrum: white noise has 0.56. */
const FLAT = 0.3;

const { transform } = fourier(FRAME);
const HANN = Float64Array.from({ length: FRAME }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / FRAME));

/**
 * What a sound is that the voice activity model does not call speech: tones and music, or noise. Undefined when it is
 * too short to tell, or like a voice after all.
 */
export function kindOf(energy: Energy, over: Stretch): Sounding['kind'] | undefined {
  const lasts = ((over.to - over.from) * 1000) / energy.rate;
  if (lasts < SHORTEST_TONE_MS) return undefined;
  const frames: Shape[] = [];
  for (let at = over.from; at + FRAME <= over.to; at += HOP) frames.push(shapeOf(energy, at));
  if (usual(frames, ({ lines }) => lines) >= LINES_SHARE) return 'music';
  if (lasts < SHORTEST_MS || usual(frames, ({ periodic }) => periodic) >= VOICE.periodic) return undefined;
  return usual(frames, ({ flatness }) => flatness) >= FLAT ? 'noise' : 'music';
}

interface Shape {
  readonly lines: number;
  readonly flatness: number;
  readonly periodic: number;
}

const usual = (frames: readonly Shape[], of: (shape: Shape) => number): number =>
  percentile(Float64Array.from(frames, of), 0.5) ?? 0;

function shapeOf({ samples, rate }: Energy, from: number): Shape {
  const re = Float64Array.from(HANN, (weight, i) => weight * (samples[from + i] ?? 0));
  const im = new Float64Array(FRAME);
  transform(re, im);
  const powers = Float64Array.from(
    { length: FRAME / 2 },
    (_, bin) => (re[bin] as number) ** 2 + (im[bin] as number) ** 2,
  );
  return { lines: linesShare(powers), flatness: flatnessOf(powers), periodic: periodicity(powers, rate) };
}

/** Share of the power in the highest peaks, each with its two neighbours on either side. */
function linesShare(powers: Float64Array): number {
  const left = Float64Array.from(powers);
  const whole = sumOf(left);
  for (let line = 0; line < LINES; line++) {
    const peak = left.reduce((best, value, bin) => (value > (left[best] as number) ? bin : best), 0);
    left.fill(0, Math.max(0, peak - 2), peak + 3);
  }
  return whole <= 0 ? 0 : 1 - sumOf(left) / whole;
}

function flatnessOf(powers: Float64Array): number {
  const band = powers.subarray(10, 230);
  const logs = band.reduce((sum, value) => sum + Math.log(value + 1), 0) / band.length;
  return Math.exp(logs) / (sumOf(band) / band.length + 1);
}

/** Highest autocorrelation at a voice's period, by that at none; the window's own is taken out. */
function periodicity(powers: Float64Array, rate: number): number {
  const [re, im] = [new Float64Array(FRAME), new Float64Array(FRAME)];
  powers.forEach((value, bin) => {
    re[bin] = value;
    if (bin > 0) re[FRAME - bin] = value;
  });
  transform(re, im);
  const lag = (hz: number): number => Math.round(rate / hz);
  let best = 0;
  for (let k = lag(VOICE.highHz); k <= lag(VOICE.lowHz); k++) {
    best = Math.max(best, (re[k] as number) / ((re[0] as number) || 1) / (OWN[k] as number));
  }
  return best;
}

/** Autocorrelation of the window itself. */
const OWN = Float64Array.from({ length: FRAME / 2 }, (_, k) => {
  let sum = 0;
  for (let i = 0; i + k < FRAME; i++) sum += (HANN[i] as number) * (HANN[i + k] as number);
  return sum;
}).map((value) => value / HANN.reduce((sum, weight) => sum + weight * weight, 0));

const sumOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);
