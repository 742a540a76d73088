/** Zero crossings of the sinc on each side: 80 dB of stop band with the window below. */
const CROSSINGS = 24;
const KAISER_BETA = 8;
/** The pass band ends this far below the lower of the two Nyquist frequencies. */
const PASS_SHARE = 0.94;

interface Bank {
  /** One filter per phase of the output. */
  readonly phases: readonly Float32Array[];
  readonly up: number;
  readonly down: number;
  readonly reach: number;
}

const banks = new Map<string, Bank>();

/**
 * `samples` at another rate: polyphase windowed sinc, its delay compensated, so that sample n of the
 * output is the instant `n / to` of the input. The output lasts `floor(length * to / from)` samples.
 */
export function resample(samples: Float32Array, from: number, to: number): Float32Array {
  if (from === to) return samples;
  const { phases, up, down, reach } = bankOf(from, to);
  const out = new Float32Array(Math.floor((samples.length * up) / down));
  for (let n = 0; n < out.length; n++) {
    const position = n * down;
    const taps = phases[position % up] as Float32Array;
    const first = Math.floor(position / up) - reach;
    const begin = Math.max(0, -first);
    const end = Math.min(taps.length, samples.length - first);
    let sum = 0;
    for (let k = begin; k < end; k++) sum += (taps[k] as number) * (samples[first + k] as number);
    out[n] = sum;
  }
  return out;
}

function bankOf(from: number, to: number): Bank {
  const key = `${from}>${to}`;
  const known = banks.get(key) ?? buildBank(from, to);
  banks.set(key, known);
  return known;
}

function buildBank(from: number, to: number): Bank {
  const divisor = commonDivisor(from, to);
  const up = to / divisor;
  const down = from / divisor;
  const cutoff = 0.5 * Math.min(1, to / from) * PASS_SHARE;
  const half = CROSSINGS * Math.max(1, from / to);
  const reach = Math.ceil(half);
  const phases = Array.from({ length: up }, (_, phase) =>
    Float32Array.from({ length: 2 * reach + 1 }, (_unused, k) => tap(k - reach - phase / up, cutoff, half)),
  );
  return { phases, up, down, reach };
}

/** The windowed sinc at `t` input samples from its centre. */
function tap(t: number, cutoff: number, half: number): number {
  if (Math.abs(t) > half) return 0;
  const sinc = t === 0 ? 2 * cutoff : Math.sin(2 * Math.PI * cutoff * t) / (Math.PI * t);
  return (sinc * bessel(KAISER_BETA * Math.sqrt(1 - (t / half) ** 2))) / bessel(KAISER_BETA);
}

/** Modified Bessel function of the first kind, order zero, by its series. */
function bessel(x: number): number {
  let [sum, term] = [1, 1];
  for (let k = 1; k < 30; k++) {
    term *= (x / 2 / k) ** 2;
    sum += term;
  }
  return sum;
}

const commonDivisor = (a: number, b: number): number => (b === 0 ? a : commonDivisor(b, a % b));
