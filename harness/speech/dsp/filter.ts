/** Coefficients of one second-order section, `a0` normalised to 1. */
interface Section {
  readonly b0: number;
  readonly b1: number;
  readonly b2: number;
  readonly a1: number;
  readonly a2: number;
}

/** Q of the two sections of a fourth-order Butterworth filter. */
const BUTTERWORTH_4 = [0.541196, 1.306563] as const;

/** Fourth-order Butterworth low-pass (two bilinear sections) at `cutoff` Hz. */
export const lowPass = (samples: Float32Array, rate: number, cutoff: number): Float32Array =>
  BUTTERWORTH_4.reduce((signal, q) => run(signal, lowSection(rate, cutoff, q)), samples);

/** Fourth-order Butterworth high-pass at `cutoff` Hz. */
export const highPass = (samples: Float32Array, rate: number, cutoff: number): Float32Array =>
  BUTTERWORTH_4.reduce((signal, q) => run(signal, highSection(rate, cutoff, q)), samples);

/** One resonance of width `centre / q` Hz with unit gain at its centre: a formant, a thud, a clink. */
export const resonate = (samples: Float32Array, rate: number, centre: number, q: number): Float32Array =>
  run(samples, bandSection(rate, centre, q));

/** What a telephone passes of `samples`: 250 to 3400 Hz. */
export const telephoneBand = (samples: Float32Array, rate: number): Float32Array =>
  lowPass(highPass(samples, rate, 250), rate, Math.min(3400, rate * 0.45));

/** What a phone of the wide band passes: 50 to 7000 Hz (ITU-T G.722). */
export const wideBand = (samples: Float32Array, rate: number): Float32Array =>
  lowPass(highPass(samples, rate, 50), rate, Math.min(7000, rate * 0.45));

interface Angle {
  readonly cos: number;
  readonly alpha: number;
}

function angle(rate: number, frequency: number, q: number): Angle {
  const omega = (2 * Math.PI * frequency) / rate;
  return { cos: Math.cos(omega), alpha: Math.sin(omega) / (2 * q) };
}

const section = (b0: number, b1: number, b2: number, { cos, alpha }: Angle): Section => ({
  b0: b0 / (1 + alpha),
  b1: b1 / (1 + alpha),
  b2: b2 / (1 + alpha),
  a1: (-2 * cos) / (1 + alpha),
  a2: (1 - alpha) / (1 + alpha),
});

function lowSection(rate: number, cutoff: number, q: number): Section {
  const at = angle(rate, cutoff, q);
  return section((1 - at.cos) / 2, 1 - at.cos, (1 - at.cos) / 2, at);
}

function highSection(rate: number, cutoff: number, q: number): Section {
  const at = angle(rate, cutoff, q);
  return section((1 + at.cos) / 2, -(1 + at.cos), (1 + at.cos) / 2, at);
}

function bandSection(rate: number, centre: number, q: number): Section {
  const at = angle(rate, centre, q);
  return section(at.alpha, 0, -at.alpha, at);
}

/** Transposed direct form II: two numbers of state. */
function run(samples: Float32Array, { b0, b1, b2, a1, a2 }: Section): Float32Array {
  const out = new Float32Array(samples.length);
  let [first, second] = [0, 0];
  for (let i = 0; i < samples.length; i++) {
    const value = samples[i] ?? 0;
    const result = b0 * value + first;
    first = b1 * value - a1 * result + second;
    second = b2 * value - a2 * result;
    out[i] = result;
  }
  return out;
}
