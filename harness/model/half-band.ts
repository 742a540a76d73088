import type { Pcm } from './audio.ts';

/** One of two sample rates from the other, frame after frame. */
export interface RateChange {
  next(samples: Pcm): Pcm;
  /** How much later what goes in comes out, in samples at 16 kHz. */
  readonly delay: number;
}

/** The filter reaches this far from its middle, in samples at 16 kHz; odd, so that every second tap but the middle is zero. */
const REACH = 31;
const KAISER_BETA = 6;

/** The middle of the filter and a sample more: a whole number of samples at 8 kHz too. */
const DELAY = REACH + 1;

/** Every second tap of a Kaiser-windowed half-band filter: flat to 3.4 kHz, -6 dB at 4 kHz, 60 dB down from 4.6 kHz. */
const TAPS = Float64Array.from({ length: REACH + 1 }, (_, i) => tap(2 * i - REACH));
const MIDDLE = 0.5;

function tap(n: number): number {
  const window = bessel(KAISER_BETA * Math.sqrt(1 - (n / (REACH + 1)) ** 2)) / bessel(KAISER_BETA);
  return (Math.sin((Math.PI * n) / 2) / (Math.PI * n)) * window;
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

/** 16 kHz to 8 kHz. A frame has an even number of samples. */
export function halver(): RateChange {
  const recall = remembering(2 * DELAY);
  return {
    delay: DELAY,
    next: (samples) => {
      const line = recall(samples);
      const halved = new Int16Array(samples.length / 2);
      for (let at = 0; at < halved.length; at++) {
        let sum = MIDDLE * (line[2 * at + DELAY] as number);
        for (let i = 0; i <= REACH; i++) sum += (TAPS[i] as number) * (line[2 * (at + i) + 1] as number);
        halved[at] = saturated(sum);
      }
      return halved;
    },
  };
}

/** 8 kHz to 16 kHz. */
export function doubler(): RateChange {
  const recall = remembering(REACH);
  return {
    delay: DELAY,
    next: (samples) => {
      const line = recall(samples);
      const doubled = new Int16Array(2 * samples.length);
      for (let at = 0; at < samples.length; at++) {
        let sum = 0;
        for (let i = 0; i <= REACH; i++) sum += (TAPS[i] as number) * (line[at + i] as number);
        doubled[2 * at] = line[at + REACH - DELAY / 2] as number;
        doubled[2 * at + 1] = saturated(2 * sum);
      }
      return doubled;
    },
  };
}

/** Each frame behind the last `length` samples before it. */
function remembering(length: number): (frame: Pcm) => Pcm {
  let past = new Int16Array(length);
  return (frame) => {
    const line = new Int16Array(length + frame.length);
    line.set(past);
    line.set(frame, length);
    past = line.slice(frame.length);
    return line;
  };
}

const saturated = (value: number): number => Math.max(-32_768, Math.min(32_767, Math.round(value)));
