import { power, toDb, toPower, windows, type Energy, type Stretch } from './energy.ts';
import { lastAbove } from './edges.ts';

const FRAME_MS = 20;
const HOP_MS = 5;
/** ITU-T P.56's margin between the active level and the threshold of activity. */
const MARGIN_DB = 15.9;
const STOP_DB = 20;
const DUCK_DB = 10;
/** Fricatives and closures are shorter than a duck. */
const SHORTEST_DUCK_MS = 120;
/** A fall that never came back counts when what is left of the utterance lasts at least this long. */
const SHORTEST_TAIL_MS = 60;

/** What the level does inside a sounding; all in samples. */
export interface Shape {
  /** dBov over the active parts. */
  readonly levelDb: number;
  /** Where it last falls 20 dB below that. */
  readonly stop: number;
  /** Drops of 10 dB or more, still audible, that came back. */
  readonly ducks: readonly Stretch[];
  /** An abrupt fall of 10 dB or more that never came back, before `stop`. */
  readonly fell: number | undefined;
}

/** Mean level over the frames within 15.9 dB of it, found by iteration as P.56 does (without its 200 ms hangover). */
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

/** Level, -20 dB stop and ducks of the sounding `onset <= i < end`. */
export function shapeOf(energy: Energy, onset: number, end: number): Shape {
  const ms = energy.rate / 1000;
  const over = { from: onset, to: end };
  const frames = windows(energy, Math.min(end - onset, Math.round(FRAME_MS * ms)), Math.round(HOP_MS * ms), over);
  const levelDb = activeLevelDb(frames);
  const stop = lastAbove(energy, toPower(levelDb - STOP_DB), over);
  const low = lowRuns(frames, toPower(levelDb - DUCK_DB));
  const edge = (run: Stretch): Stretch => ({
    // A frame is low as a whole: its own start, or the end of the loud frame before it, is where the level fell.
    from: fallNear(energy, onset + run.from * HOP_MS * ms, toPower(levelDb - DUCK_DB)),
    to: onset + (run.to * HOP_MS + FRAME_MS - HOP_MS) * ms,
  });
  const loud = toPower(levelDb - 3);
  const ducks = low
    .filter(
      (run) => run.from > 0 && run.to < frames.length && (run.to - run.from) * HOP_MS >= SHORTEST_DUCK_MS - FRAME_MS,
    )
    .filter((run) => peak(frames, run.from - 40, run.from) > loud && peak(frames, run.to, run.to + 40) > loud)
    .map(edge);
  return { levelDb, stop, ducks, fell: fallOf(energy, frames, low, levelDb, onset, stop) };
}

/** The last low run, when it reaches the end of the sounding, lasts, and began abruptly. */
function fallOf(
  energy: Energy,
  frames: Float64Array,
  low: readonly Stretch[],
  levelDb: number,
  onset: number,
  stop: number,
): number | undefined {
  const ms = energy.rate / 1000;
  const last = low.at(-1);
  if (!last || last.from === 0 || last.to < frames.length) return undefined;
  const at = fallNear(energy, onset + last.from * HOP_MS * ms, toPower(levelDb - DUCK_DB));
  const before = power(energy, at - 60 * ms, at);
  const after = power(energy, at + 5 * ms, at + 65 * ms);
  const abrupt = before > toPower(levelDb - 6) && after < before * 10 ** (-12 / 10);
  return abrupt && stop - at >= SHORTEST_TAIL_MS * ms ? at : undefined;
}

const mean = (values: Float64Array): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

const peak = (frames: Float64Array, from: number, to: number): number =>
  frames.subarray(Math.max(0, from), Math.max(0, to)).reduce((high, frame) => Math.max(high, frame), 0);

/** Runs of frames below `threshold`, as frame indices. */
function lowRuns(frames: Float64Array, threshold: number): Stretch[] {
  const runs: Stretch[] = [];
  let from = -1;
  for (let i = 0; i <= frames.length; i++) {
    const isLow = i < frames.length && (frames[i] as number) < threshold;
    if (isLow && from < 0) from = i;
    if (!isLow && from >= 0) {
      runs.push({ from, to: i });
      from = -1;
    }
  }
  return runs;
}

/** The last sample around `at` (a frame before to a frame after) that is still above `threshold`. */
function fallNear(energy: Energy, at: number, threshold: number): number {
  const reach = Math.round((FRAME_MS * energy.rate) / 1000);
  return lastAbove(energy, threshold, { from: Math.round(at) - reach, to: Math.round(at) + reach / 4 });
}
