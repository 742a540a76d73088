import type { Pcm } from '../../harness/model/audio.ts';

/** What the agent knows of the levels on its line, dBov. */
export interface Loudness {
  /** Tracked noise floor. */
  readonly floorDb: number;
  /** Level of this caller's speech; undefined until she has spoken. */
  readonly callerDb: number | undefined;
  /** Frames seen, up to the number the floor is first taken from. */
  readonly frames: number;
}

/** One frame's evidence. */
export interface FrameEvidence {
  readonly db: number;
  /** Probability of speech, 0 to 1. */
  readonly speech: number;
  /** The caller has the floor: her level may be learnt. */
  readonly hers: boolean;
  /** The agent is silent: whatever is this loud is addressed to it, however unlike speech it sounds. */
  readonly open: boolean;
}

/** dB that speech stands above the noise floor. */
const ABOVE_FLOOR = 9;
/** Level a caller is taken to have while the agent speaks and she was not heard yet, dBov (ITU-T P.56 nominal -26). */
const NOMINAL_DB = -28;
/** dB above the noise floor at which a mumble that no model takes for speech is still somebody talking. */
const PLAINLY_LOUD = 25;
/** dB below the caller's own level at which somebody else is speaking, or something else sounds. */
const BELOW_CALLER = 12;
const SETTLING_FRAMES = 10;
const LOWEST_DB = -65;

/** A line nobody was heard on yet. */
export const quietLine: Loudness = { floorDb: LOWEST_DB, callerDb: undefined, frames: 0 };

/** Level of `samples` in dB relative to full scale (square wave), at least -96. */
export function levelDb(samples: Pcm): number {
  let energy = 0;
  for (const sample of samples) energy += sample * sample;
  const mean = energy / Math.max(1, samples.length) / 32768 ** 2;
  return Math.max(-96, 10 * Math.log10(mean + 1e-12));
}

/** Falls with a quiet frame, creeps up with loud ones: speech hardly moves it, a louder room does within seconds. */
function trackFloor(state: Loudness, { db, speech }: FrameEvidence): number {
  if (state.frames < SETTLING_FRAMES) {
    const mean = (state.floorDb * state.frames + Math.min(db, -30)) / (state.frames + 1);
    return Math.max(LOWEST_DB, mean);
  }
  if (db < state.floorDb) return Math.max(LOWEST_DB, state.floorDb + 0.3 * (db - state.floorDb));
  return state.floorDb + Math.min(db - state.floorDb, speech > 0.5 ? 0.01 : 0.06);
}

/** Tracks the levels and says whether this frame is the caller speaking: speech by its sound, and loud enough to be hers. */
export function judgeFrame(state: Loudness, frame: FrameEvidence): readonly [Loudness, boolean] {
  const floorDb = trackFloor(state, frame);
  const callerLevel = state.callerDb ?? (frame.open ? -Infinity : NOMINAL_DB);
  const least = Math.max(floorDb + ABOVE_FLOOR, callerLevel - BELOW_CALLER);
  const voiced = frame.speech >= 0.5 || (frame.open && frame.db >= floorDb + PLAINLY_LOUD);
  const loud = state.frames >= SETTLING_FRAMES && voiced && frame.db >= least;
  const learnt = state.callerDb === undefined ? frame.db : state.callerDb + 0.04 * (frame.db - state.callerDb);
  const callerDb = loud && frame.hers ? learnt : state.callerDb;
  return [{ floorDb, callerDb, frames: Math.min(SETTLING_FRAMES, state.frames + 1) }, loud];
}
