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
/** The same while the agent speaks: better to fall silent for a cup set down than to talk on over a word. */
const ABOVE_FLOOR_OVER = 7;
/** Probability from which a sound may be speech while the agent speaks: the model takes two frames to be sure of a word. */
const MAYBE = 0.1;
const CLEARLY = 0.5;
/** dB below the caller's level within which a sound is as loud as she is; a far speaker's loudest moments stay below. */
const NEAR = 6;
/** Level a caller is taken to have while the agent speaks and she was not heard yet, dBov (ITU-T P.56 nominal -26). */
const NOMINAL_DB = -28;
/** dB above the noise floor at which a mumble that no model takes for speech is still somebody talking. */
const PLAINLY_LOUD = 25;
/** dB below the caller's own level at which somebody else is speaking, or something else sounds. */
const BELOW_CALLER = 12;
const BELOW_CALLER_OVER = 10;
/** dB below the caller's level down to which what stands out of the noise is still hers: the soft ends of consonants. */
const FAINT = 24;
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

/** What one frame amounts to. */
export interface Sound {
  /** It may be the caller speaking: speech by its sound, and loud enough to be hers. */
  readonly loud: boolean;
  /** As loud as this caller speaks. */
  readonly near: boolean;
  /** Speech beyond doubt. */
  readonly clear: boolean;
  /** Not loud, and yet not silence: a consonant, perhaps. */
  readonly faint: boolean;
}

/** Tracks the levels and judges the frame by them. */
export function judgeFrame(state: Loudness, frame: FrameEvidence): readonly [Loudness, Sound] {
  const floorDb = trackFloor(state, frame);
  const { db, speech, open } = frame;
  const callerLevel = state.callerDb ?? (open ? -Infinity : NOMINAL_DB);
  const least = open
    ? Math.max(floorDb + ABOVE_FLOOR, callerLevel - BELOW_CALLER)
    : Math.max(floorDb + ABOVE_FLOOR_OVER, callerLevel - BELOW_CALLER_OVER);
  const voiced = open ? speech >= 0.5 || db >= floorDb + PLAINLY_LOUD : speech >= MAYBE;
  const loud = state.frames >= SETTLING_FRAMES && voiced && db >= least;
  const learnt = state.callerDb === undefined ? db : state.callerDb + 0.04 * (db - state.callerDb);
  const callerDb = loud && frame.hers ? learnt : state.callerDb;
  const next = { floorDb, callerDb, frames: Math.min(SETTLING_FRAMES, state.frames + 1) };
  const faint = !loud && db >= Math.max(floorDb + ABOVE_FLOOR, callerLevel - FAINT);
  return [next, { loud, near: db >= callerLevel - NEAR, clear: speech >= CLEARLY, faint }];
}
