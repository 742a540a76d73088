import { toDb, toPower, windows, type Energy, type Stretch } from './energy.ts';
import { lastAbove } from './edges.ts';

/** Frames in which a level is taken: a few periods of a voice. */
export const FRAME_MS = 20;
export const HOP_MS = 5;
/** ITU-T P.56's margin between the active level and the threshold of activity. */
const MARGIN_DB = 15.9;
/** The stop of an utterance is where it last falls this far below its active level. */
export const STOP_DB = 20;

/** Mean squares of 20 ms frames every 5 ms. */
export function framesOf(energy: Energy, over: Stretch): Float64Array {
  const ms = energy.rate / 1000;
  return windows(energy, Math.min(over.to - over.from, Math.round(FRAME_MS * ms)), Math.round(HOP_MS * ms), over);
}

/** Mean level, dBov, over the frames within 15.9 dB of it, found by iteration as P.56 does (without its 200 ms hangover). */
export function activeLevelDb(frames: Float64Array): number {
  let active = frames;
  let level = mean(active);
  for (let round = 0; round < 8 && level > 0; round++) {
    const threshold = level * 10 ** (-MARGIN_DB / 10);
    const louder = frames.filter((frame) => frame > threshold);
    if (louder.length === active.length) break;
    active = louder;
    level = mean(active);
  }
  return toDb(level);
}

/** Where the level last falls 20 dB below `levelDb` inside `over`: one past that sample. */
export const stopOf = (energy: Energy, over: Stretch, levelDb: number): number =>
  lastAbove(energy, toPower(levelDb - STOP_DB), over);

const mean = (values: Float64Array): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
