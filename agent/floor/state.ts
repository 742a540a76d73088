import type { Ms } from '../../harness/model/time.ts';
import type { Manners } from '../manners.ts';

/** What the words of a stretch of speech amount to, for turn-taking; `unclear` are words, but none that is known. */
export type Gist = 'none' | 'backchannel' | 'unclear' | 'content';

/**
 * Who has the floor.
 * `listening` nobody; `holding` the caller; `answering` the caller is done and a reply is being made; `speaking` the agent;
 * `ducked` the agent, silent for a moment because somebody speaks; `yielding` the caller, the agent's audio is being taken back;
 * `resuming` the agent again, while the one who made it duck may still be sounding; `handing-over` nobody until the desk answers.
 */
export type Mode =
  'listening' | 'holding' | 'answering' | 'speaking' | 'ducked' | 'yielding' | 'resuming' | 'handing-over';

/** A stretch of sound from the caller's side, with gaps inside it bridged. */
export interface Burst {
  readonly since: Ms;
  /** Loud time in it. */
  readonly loudMs: number;
  /** Of that, as loud as this caller speaks. */
  readonly nearMs: number;
  /** Of that, surely speech. */
  readonly clearMs: number;
  /** Of that, since it began again after it had ended. */
  readonly anewMs: number;
  /** Since its last frame that was surely speech. */
  readonly doubtMs: number;
  /** It repeats itself, syllable by syllable: a laugh, unless its words are known. */
  readonly repeats: boolean;
  /** Quiet since its last loud frame. */
  readonly quietMs: number;
}

/** The floor: a value, changed only by `takeTurns`. */
export interface FloorState {
  readonly mode: Mode;
  readonly burst: Burst | undefined;
  readonly gist: Gist;
  /** How long the caller may be silent before her turn is over. */
  readonly patienceMs: number;
  readonly duckedAt: Ms | undefined;
  /** Somebody across the room was let pass: until then only a voice as near as hers makes the agent fall silent. */
  readonly waryUntil: Ms | undefined;
  /** The last word on a burst that has ended was asked for: what is heard after it is made of noise. */
  readonly settled: boolean;
  /** She took the floor from the agent: she is answered, however little of it was understood. */
  readonly claimed: boolean;
  /** Mutual silence. */
  readonly idleMs: number;
}

export type FloorEvent =
  /**
   * One frame of the caller's audio, judged. `at` is its end. `near`: as loud as this caller speaks, and `clear`: speech
   * beyond doubt; as `loud` when left out. `faint`: not loud, and yet not silence. `repeats`: what sounds repeats itself by
   * now, as a laugh does.
   */
  | {
      readonly kind: 'frame';
      readonly at: Ms;
      readonly lengthMs: number;
      readonly loud: boolean;
      readonly near?: boolean;
      readonly clear?: boolean;
      readonly faint?: boolean;
      readonly repeats?: boolean;
    }
  /** What is understood of the open utterance so far; `final` when it was asked to settle. */
  | {
      readonly kind: 'understood';
      readonly at: Ms;
      readonly gist: Gist;
      readonly patienceMs: number;
      readonly final: boolean;
    }
  /** The agent begins to say something. */
  | { readonly kind: 'say'; readonly at: Ms }
  /** The agent's last sample has left, or was taken back. */
  | { readonly kind: 'said'; readonly at: Ms }
  /** The brain had nothing to say to that. */
  | { readonly kind: 'silent'; readonly at: Ms }
  | { readonly kind: 'hand-over'; readonly at: Ms };

/** What the agent is to do. Carried out in order, before the next event. */
export type Intention =
  /** Open the ear to a turn, with the sound of the last moments. */
  | 'hear'
  /** Open the ear to what may be an interruption or may be nothing. */
  | 'overhear'
  /** Ask the ear for the last word on what it heard. */
  | 'settle'
  /** What the ear makes of her turn is not to be trusted: it was hardly speech. */
  | 'doubt'
  /** Nothing worth hearing after all. */
  | 'forget'
  /** Fall silent for a moment. */
  | 'duck'
  /** Go on from the word the duck came in. */
  | 'unduck'
  /** Take the rest of the utterance back. */
  | 'cut'
  /** The caller's turn is over: answer it. */
  | 'answer'
  /** It has been silent for long: ask again. */
  | 'prompt';

/** `(state, event) -> (state, intentions)`, pure. */
export type Floor = (
  state: FloorState,
  event: FloorEvent,
  manners: Manners,
) => readonly [FloorState, readonly Intention[]];

/** An open floor. */
export const openFloor: FloorState = {
  mode: 'listening',
  burst: undefined,
  gist: 'none',
  patienceMs: 0,
  duckedAt: undefined,
  waryUntil: undefined,
  settled: false,
  claimed: false,
  idleMs: 0,
};
