/** Samples in [-1, 1] with their rate in Hz. */
export interface Signal {
  readonly rate: number;
  readonly samples: Float32Array;
}

/** Changes the rate by a windowed sinc (Kaiser, beta 8). */
export function resample(signal: Signal, rate: number): Signal {
  if (signal.rate === rate) return signal;
  const step = signal.rate / rate;
  const cutoff = 0.94 * Math.min(1, 1 / step);
  const reach = Math.ceil(16 / cutoff);
  const kernel = kernelTable(reach, cutoff);
  const samples = new Float32Array(Math.floor(signal.samples.length / step));
  for (let i = 0; i < samples.length; i++) {
    const centre = i * step;
    const first = Math.max(0, Math.ceil(centre - reach));
    const last = Math.min(signal.samples.length - 1, Math.floor(centre + reach));
    let sum = 0;
    for (let k = first; k <= last; k++) {
      sum += (signal.samples[k] ?? 0) * (kernel[Math.round(Math.abs(k - centre) * TABLE_STEPS)] ?? 0);
    }
    samples[i] = sum;
  }
  return { rate, samples };
}

const TABLE_STEPS = 256;

function kernelTable(reach: number, cutoff: number): Float64Array {
  const table = new Float64Array(reach * TABLE_STEPS + 1);
  for (let i = 0; i < table.length; i++) {
    const t = i / TABLE_STEPS;
    const sinc = t === 0 ? cutoff : Math.sin(Math.PI * cutoff * t) / (Math.PI * t);
    table[i] = (sinc * bessel(8 * Math.sqrt(Math.max(0, 1 - (t / reach) ** 2)))) / bessel(8);
  }
  return table;
}

/** Modified Bessel function of the first kind, order 0. */
function bessel(x: number): number {
  let sum = 1;
  let term = 1;
  for (let k = 1; k < 24; k++) {
    term *= (x / 2 / k) ** 2;
    sum += term;
  }
  return sum;
}

/** A second-order Butterworth section at `hz` (bilinear transform). */
export function filter(signal: Signal, kind: 'high-pass' | 'low-pass', hz: number): Signal {
  const w = (2 * Math.PI * hz) / signal.rate;
  const alpha = Math.sin(w) / Math.SQRT2;
  const cos = Math.cos(w);
  const a0 = 1 + alpha;
  const edge = kind === 'low-pass' ? 1 - cos : 1 + cos;
  const [b0, b1] = [edge / 2 / a0, (kind === 'low-pass' ? edge : -edge) / a0];
  const [a1, a2] = [(-2 * cos) / a0, (1 - alpha) / a0];
  const samples = new Float32Array(signal.samples.length);
  let [x1, x2, y1, y2] = [0, 0, 0, 0];
  for (let i = 0; i < samples.length; i++) {
    const x = signal.samples[i] ?? 0;
    const y = b0 * x + b1 * x1 + b0 * x2 - a1 * y1 - a2 * y2;
    [x2, x1, y2, y1] = [x1, x, y1, y];
    samples[i] = y;
  }
  return { rate: signal.rate, samples };
}

/** What G.711 mu-law makes of a signal: encoded and decoded again. */
export function throughG711(signal: Signal): Signal {
  return { rate: signal.rate, samples: signal.samples.map(muLawRoundTrip) };
}

// ITU-T G.711: 14-bit magnitude plus bias 33, segment by its highest bit, 4 bits of mantissa.
function muLawRoundTrip(sample: number): number {
  const magnitude = Math.min(8158, Math.round(Math.abs(sample) * 8192)) + 33;
  const segment = Math.max(0, Math.floor(Math.log2(magnitude)) - 5);
  const width = 2 ** (segment + 1);
  const quantised = Math.floor(magnitude / width) * width + width / 2;
  return (Math.sign(sample) * (quantised - 33)) / 8192;
}

/**
 * Level of the stretches that sound, dBov: mean power of the 20 ms frames within 16 dB of the 95th percentile.
 * Within a decibel of P.56 on speech; enough for training and for setting a noise ratio.
 */
export function activeLevel(signal: Signal): number {
  const size = Math.round(signal.rate / 50);
  const powers: number[] = [];
  for (let at = 0; at + size <= signal.samples.length; at += size) {
    powers.push(powerOf(signal.samples.subarray(at, at + size)));
  }
  const loud = [...powers].sort((a, b) => a - b)[Math.floor(powers.length * 0.95)] ?? 0;
  const active = powers.filter((power) => power >= loud / 40);
  return decibel(active.reduce((sum, power) => sum + power, 0) / Math.max(1, active.length));
}

/** Mean level over everything, dBov. */
export function level(samples: Float32Array): number {
  return decibel(powerOf(samples));
}

function powerOf(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return sum / Math.max(1, samples.length);
}

function decibel(power: number): number {
  return 10 * Math.log10(power + 1e-12);
}

/** Multiplied by `db`. */
export function amplify(signal: Signal, db: number): Signal {
  const gain = 10 ** (db / 20);
  return { rate: signal.rate, samples: signal.samples.map((sample) => sample * gain) };
}

/** `signal` with silence before and after, in seconds. */
export function padded(signal: Signal, before: number, after: number): Signal {
  const lead = Math.round(before * signal.rate);
  const samples = new Float32Array(lead + signal.samples.length + Math.round(after * signal.rate));
  samples.set(signal.samples, lead);
  return { rate: signal.rate, samples };
}

/** Adds `noise`, `snrDb` below the active level of `signal`. The noise must be at least as long. */
export function withNoise(signal: Signal, noise: Float32Array, snrDb: number): Signal {
  const piece = noise.subarray(0, signal.samples.length);
  const gain = 10 ** ((activeLevel(signal) - snrDb - level(piece)) / 20);
  return { rate: signal.rate, samples: signal.samples.map((sample, i) => sample + gain * (piece[i] ?? 0)) };
}
