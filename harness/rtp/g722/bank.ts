import type { Pcm } from '../../model/audio.ts';
import { sat16 } from './numbers.ts';

/** The quadrature mirror filter (ITU-T G.722 table 11), times 8192: its taps for one sample in two. It is symmetric. */
const TAPS = Int32Array.of(3, -11, 12, 32, -210, 951, 3876, -805, 362, -156, 53, -11);
const COUNT = TAPS.length;

/** How much later a sample comes out of both filters than it went in, in samples at 16 kHz. */
export const G722_DELAY = 22;

/** Samples of the two bands, in turn: lower, higher. 15 bits each. */
export type Bands = Int32Array<ArrayBuffer>;

/** Splits a frame after the other into its two bands. */
export function splitter(): (samples: Pcm) => Bands {
  let past = new Int32Array(2 * COUNT - 2);
  return (samples) => {
    const line = joined(past, samples);
    past = line.slice(-past.length);
    const bands = new Int32Array(samples.length);
    for (let at = 0; at < bands.length; at += 2) {
      let [even, odd] = [0, 0];
      for (let i = 0; i < COUNT; i++) {
        even += (TAPS[i] as number) * (line[at + 2 * i] as number);
        odd += (TAPS[COUNT - 1 - i] as number) * (line[at + 2 * i + 1] as number);
      }
      bands[at] = sat16((even + odd) >> 14);
      bands[at + 1] = sat16((odd - even) >> 14);
    }
    return bands;
  };
}

/** Joins a frame after the other from its two bands. */
export function joiner(): (bands: Bands) => Pcm {
  let past: Int32Array = new Int32Array(2 * COUNT - 2);
  return (bands) => {
    const line = joined(past, bands);
    past = line.slice(-past.length);
    const samples = new Int16Array(bands.length);
    for (let at = 0; at < bands.length; at += 2) {
      let [sums, differences] = [0, 0];
      for (let i = 0; i < COUNT; i++) {
        const low = line[at + 2 * i] as number;
        const high = line[at + 2 * i + 1] as number;
        sums += (TAPS[i] as number) * (low + high);
        differences += (TAPS[COUNT - 1 - i] as number) * (low - high);
      }
      samples[at] = sat16(differences >> 11);
      samples[at + 1] = sat16(sums >> 11);
    }
    return samples;
  };
}

function joined(past: Int32Array, next: Pcm | Bands): Int32Array<ArrayBuffer> {
  const line = new Int32Array(past.length + next.length);
  line.set(past);
  line.set(next, past.length);
  return line;
}
