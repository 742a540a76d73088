import { PHONE_RATE } from '../model/audio.ts';
import type { Pcm } from '../model/audio.ts';
import { resample } from '../speech/dsp/resample.ts';
import { toPcm } from '../speech/dsp/samples.ts';
import type { SoundFile } from './recording-file.ts';

/** About how many input frames are resampled at once. */
const PIECE_FRAMES = 1 << 18;
/** Input frames on each side of a piece, more than the resampler's filter reaches at 48 kHz. */
const REACH_FRAMES = 1024;

/**
 * Frames `from <= i < to` of one lane at the telephone's rate, into `track` from its sample `at`; what lies beyond its
 * end is dropped. Pieces overlap by the filter's reach, so that the result is the whole lane resampled at once.
 */
export function fillTrack(
  track: Pcm,
  at: number,
  lane: { readonly sound: SoundFile; readonly lane: number; readonly from: number; readonly to: number },
): void {
  const { up, down } = ratio(lane.sound.rate);
  // Whole periods of the two rates keep every piece on the same grid.
  const piece = Math.ceil(PIECE_FRAMES / down) * down;
  const reach = Math.ceil(REACH_FRAMES / down) * down;
  for (let start = 0; start < lane.to - lane.from; start += piece) {
    const before = Math.min(start, reach);
    const first = lane.from + start - before;
    const last = Math.min(lane.to, lane.from + start + piece + reach);
    const samples = lane.sound.read(first, last)[lane.lane] ?? new Float32Array(0);
    const skip = (before * up) / down;
    const made = toPcm(resample(samples, lane.sound.rate, PHONE_RATE)).subarray(skip, skip + (piece * up) / down);
    const to = at + (start * up) / down;
    track.set(made.subarray(0, Math.max(0, track.length - to)), to);
  }
}

function ratio(rate: number): { readonly up: number; readonly down: number } {
  const divisor = commonDivisor(rate, PHONE_RATE);
  return { up: PHONE_RATE / divisor, down: rate / divisor };
}

const commonDivisor = (a: number, b: number): number => (b === 0 ? a : commonDivisor(b, a % b));
