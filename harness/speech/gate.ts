import type { Pcm } from '../model/audio.ts';

/** A frame of the gate: 10 ms. */
const FRAME_MS = 10;
/** Frames above the bar before it counts as sound, below it before it counts as quiet. */
const ONSET_FRAMES = 3;
const OFFSET_FRAMES = 12;
/** Speech lies this far above the tracked floor; once sounding, less is enough. */
const ABOVE_FLOOR_DB = 9;
const HELD_DB = 6;
/** Nothing quieter is speech on a telephone line, dBov. */
const QUIETEST_DB = -58;
const LOWEST_FLOOR_DB = -75;
/** For so many frames of a new stream the floor is learnt quickly: nobody speaks in the instant a line opens. */
const LEARNING_FRAMES = 40;

/** What the level gate remembers. */
export interface GateState {
  readonly sounding: boolean;
  /** Level of what is always there, dBov. */
  readonly floorDb: number;
  /** Frames in a row that contradict `sounding`. */
  readonly against: number;
  /** Frames left in which the floor is learnt quickly. */
  readonly learning: number;
  /** Samples taken so far; those of an unfinished frame wait in `rest`. */
  readonly taken: number;
  readonly rest: Pcm;
}

/** Sound began or ceased at sample `at` of the stream: the first of the frames that showed it. */
export interface GateChange {
  readonly kind: 'onset' | 'offset';
  readonly at: number;
}

/** A stream of which nothing was heard yet. */
export const openGate: GateState = {
  ...{ sounding: false, floorDb: -62, against: 0, learning: LEARNING_FRAMES, taken: 0 },
  rest: new Int16Array(),
};

/**
 * Listens to more of a stream. Pure. It knows of an onset after 30 ms and of an offset after 120 ms; both are dated back.
 * It tells near speech from a room, which a voice activity model cannot: babble is speech.
 */
export function passGate(state: GateState, samples: Pcm, rate: number): readonly [GateState, readonly GateChange[]] {
  const size = Math.round((rate * FRAME_MS) / 1000);
  const waiting = new Int16Array(state.rest.length + samples.length);
  waiting.set(state.rest);
  waiting.set(samples, state.rest.length);
  const changes: GateChange[] = [];
  let now = state;
  let at = 0;
  for (; at + size <= waiting.length; at += size) {
    const before = now.sounding;
    now = { ...passFrame(now, levelDb(waiting.subarray(at, at + size))), taken: now.taken + size };
    if (now.sounding === before) continue;
    const back = (now.sounding ? ONSET_FRAMES : OFFSET_FRAMES) * size;
    changes.push({ kind: now.sounding ? 'onset' : 'offset', at: now.taken - back });
  }
  return [{ ...now, rest: waiting.slice(at) }, changes];
}

/** Decides on one frame of 10 ms at `level` dBov. */
export function passFrame(state: GateState, level: number): GateState {
  const bar = Math.max(QUIETEST_DB, state.floorDb + (state.sounding ? HELD_DB : ABOVE_FLOOR_DB));
  const floorDb = floorAfter(state, level);
  const learning = Math.max(0, state.learning - 1);
  if (level > bar === state.sounding) return { ...state, floorDb, learning, against: 0 };
  const against = state.against + 1;
  const decided = against >= (state.sounding ? OFFSET_FRAMES : ONSET_FRAMES);
  return { ...state, floorDb, learning, against: decided ? 0 : against, sounding: state.sounding !== decided };
}

/** Falls at once, follows what is near it, and hardly moves for what is far above it: that is speech. */
function floorAfter({ floorDb, learning }: GateState, level: number): number {
  const above = level - floorDb;
  const share = above < 0 || learning > 0 ? 0.1 : above < ABOVE_FLOOR_DB ? 0.02 : 0.002;
  return Math.max(LOWEST_FLOOR_DB, floorDb + share * above);
}

function levelDb(frame: Pcm): number {
  let energy = 0;
  for (const value of frame) energy += (value / 32768) ** 2;
  return 10 * Math.log10(energy / frame.length + 1e-12);
}

/** Near speech: the model says that it is speech and the gate that it is near. */
export const isNearSpeech = (probability: number, gate: GateState): boolean => probability >= 0.5 && gate.sounding;
