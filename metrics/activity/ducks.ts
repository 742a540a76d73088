import { percentile, power, toPower, type Energy, type Stretch } from './energy.ts';
import { lastAbove } from './edges.ts';
import { FRAME_MS, framesOf, HOP_MS } from './level.ts';

/** What the level does inside an utterance, in samples. */
export interface Ducking {
  /** Drops that came back. */
  readonly ducks: readonly Stretch[];
  /** Where it dropped and never came back, though it went on being audible. */
  readonly fell: number | undefined;
}

/** Syllables reach a level much like one another's; frames this far below the usual peak are no syllable of it. */
const DROP_DB = 12;
/** Unstressed syllables, fricatives and closures are shorter than this. */
const SHORTEST_DUCK_MS = 200;
const SHORTEST_TAIL_MS = 150;
/** Of a duck, so much must be audible: silence in between is a break, not a duck. */
const AUDIBLE_SHARE = 0.3;
/** A peak is looked for in this much speech. */
const PEAK_MS = 160;
/** A fade is no duck: the level drops by 10 dB from the 40 ms before to the 40 ms after. */
const ABRUPT = { reachMs: 40, db: 10 };

/** Finds drops of 10 dB or more inside the utterance `over`; `noise` is the mean square below which nothing is heard. */
export function duckingOf(energy: Energy, over: Stretch, noise: number): Ducking {
  const frames = framesOf(energy, over);
  const usual = percentile(peaks(frames), 0.7) ?? 0;
  const threshold = usual * 10 ** (-DROP_DB / 10);
  const ms = energy.rate / 1000;
  const runs = quietRuns(frames, threshold).filter(({ from }) => from > 0);
  const at = (frame: number): number => over.from + frame * HOP_MS * ms;
  const placed = runs.map((run) => ({
    run,
    from: fallNear(energy, at(run.from), threshold),
    to: Math.min(over.to, at(run.to) + (FRAME_MS - HOP_MS) * ms),
  }));
  const abrupt = placed.filter(({ from }) => isAbrupt(energy, from));
  const reachesEnd = ({ run }: (typeof abrupt)[number]): boolean => run.to >= frames.length;
  const ended = abrupt.find(reachesEnd);
  return {
    ducks: abrupt
      .filter((drop) => !reachesEnd(drop) && drop.to - drop.from >= SHORTEST_DUCK_MS * ms)
      .filter(({ run }) => audibleShare(frames, run, noise) >= AUDIBLE_SHARE)
      .map(({ from, to }) => ({ from, to })),
    fell: ended && over.to - ended.from >= SHORTEST_TAIL_MS * ms ? ended.from : undefined,
  };
}

/** The loudest frame of each 160 ms. */
function peaks(frames: Float64Array): Float64Array {
  const width = PEAK_MS / HOP_MS;
  const count = Math.max(1, Math.ceil(frames.length / width));
  return Float64Array.from({ length: count }, (_, i) =>
    frames.subarray(i * width, (i + 1) * width).reduce((high, frame) => Math.max(high, frame), 0),
  );
}

/** Runs of frames below `threshold`, as frame indices. */
function quietRuns(frames: Float64Array, threshold: number): Stretch[] {
  const runs: Stretch[] = [];
  let from = -1;
  for (let i = 0; i <= frames.length; i++) {
    const quiet = i < frames.length && (frames[i] as number) < threshold;
    if (quiet && from < 0) from = i;
    if (!quiet && from >= 0) {
      runs.push({ from, to: i });
      from = -1;
    }
  }
  return runs;
}

function audibleShare(frames: Float64Array, run: Stretch, noise: number): number {
  const inside = frames.subarray(run.from, run.to);
  return inside.filter((frame) => frame > noise).length / Math.max(1, inside.length);
}

function isAbrupt(energy: Energy, at: number): boolean {
  const reach = (ABRUPT.reachMs * energy.rate) / 1000;
  return power(energy, at, at + reach) < power(energy, at - reach, at) * 10 ** (-ABRUPT.db / 10);
}

/** The last sample around `at` (a frame before to a window after) that is still above `threshold`. */
function fallNear(energy: Energy, at: number, threshold: number): number {
  const reach = Math.round((FRAME_MS * energy.rate) / 1000);
  return lastAbove(energy, Math.max(threshold, toPower(-75)), {
    from: Math.round(at) - reach,
    to: Math.round(at) + reach / 4,
  });
}
