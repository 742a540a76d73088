import type { DtmfKey } from '../../harness/model/line.ts';
import type { OfficeReply, OfficeRequest } from '../../harness/model/office.ts';
import type { Facts } from '../../harness/model/plan.ts';
import type { Topic, Wish } from '../ear/meaning.ts';
import type { Policy } from './policy.ts';

/** A call to a desk that the brain has decided on. */
export interface HandOver {
  readonly desk: string;
  /** Why, in a few words, for whoever takes over. */
  readonly reason: string;
}

/** What the conversation has come to. A value. */
export interface Dialogue {
  readonly wish: Wish | undefined;
  /** Latest values, canonical. */
  readonly slots: Facts;
  /** Phone digits heard so far, when the number is not whole. */
  readonly digits: string;
  readonly firstName: string | undefined;
  readonly lastName: string | undefined;
  /** What the last question was about, and the one before it. */
  readonly asked: Topic;
  readonly askedBefore: Topic | undefined;
  /** The last question, as said; repeated on request. */
  readonly question: string;
  /** The last thing said, and whether the caller cut it off. */
  readonly said: string;
  readonly cutOff: boolean;
  /** The caller cut the read-back before its values were said. */
  readonly readBackUnheard: boolean;
  /** Turns in a row that could not be understood. */
  readonly misses: number;
  /** A turn that talked over our repair was let off: once, or a noise would keep us asking for ever. */
  readonly letOff: boolean;
  /** Read-backs she refused without a new value. */
  readonly loops: number;
  readonly silences: number;
  /** She was offered a person, and what she had been asked before that. */
  readonly offered:
    { readonly to: HandOver; readonly asked: Topic; readonly askedBefore: Topic | undefined } | undefined;
  /** She wanted no person, and nothing of hers was understood since. */
  readonly declined: boolean;
  /** A handover waits for a fact. */
  readonly wanted: HandOver | undefined;
  /** Desks that did not answer. */
  readonly tried: readonly string[];
  /** What was done, in plain words, for the context packet. */
  readonly done: readonly string[];
  /** What the office holds by now. */
  readonly committed: Facts | undefined;
  /** What she has heard read back and said yes to. */
  readonly agreed: Facts;
  /** The office owes an answer: `asked`, or `slow` once she was told that it takes a moment. */
  readonly office: 'idle' | 'asked' | 'slow';
  /** Silences she may still take: she asked us to hold on. */
  readonly holding: number;
  /** Keys pressed so far of a number that is not whole. */
  readonly keys: string;
  /** How she is, for whoever takes over. */
  readonly upset: boolean;
  readonly urgent: boolean;
  /** The last desk she was sent to, and why: a message says so if nobody answered. */
  readonly sent: HandOver | undefined;
  /** The call, for whoever wants to read what was said in it. */
  readonly call: string | undefined;
  /** What she was last told about, so that "and a filling?" is understood. */
  readonly told: 'price' | 'hours' | undefined;
  readonly over: boolean;
}

/** What happens to the brain. */
export type Cue =
  | { readonly kind: 'answered'; readonly call?: string }
  /**
   * The caller's turn is over; empty when nothing was understood. `mostly` tells that most of it was no word the ear knows;
   * `began` tells a turn that was under way before our last words were over: it does not answer them.
   */
  | {
      readonly kind: 'heard';
      readonly text: string;
      readonly mostly?: 'unknown';
      readonly began?: 'before-our-end';
    }
  | { readonly kind: 'silence' }
  /** She made a sound in her turn that is too short, and too little like speech, to be one. */
  | { readonly kind: 'sound' }
  /** She pressed a key. */
  | { readonly kind: 'key'; readonly key: DtmfKey }
  /** She cut the agent off; `heard` is what had been played by then. */
  | { readonly kind: 'cut'; readonly heard: string }
  /** The office takes its time to answer. */
  | { readonly kind: 'office-slow' }
  | { readonly kind: 'office'; readonly asked: OfficeRequest; readonly reply: OfficeReply }
  | { readonly kind: 'desk-failed'; readonly desk: string };

/** What the brain wants done, in order. */
export type Act =
  | { readonly kind: 'say'; readonly text: string }
  | { readonly kind: 'office'; readonly request: OfficeRequest }
  | { readonly kind: 'hand-over'; readonly to: HandOver }
  | { readonly kind: 'hang-up' };

export type Thought = readonly [Dialogue, readonly Act[]];

/** Decides what to say and do next. Pure, so that it may think ahead and be thrown away. */
export interface Brain {
  readonly begin: Dialogue;
  take(dialogue: Dialogue, cue: Cue, policy: Policy): Thought;
}

export const blank: Dialogue = {
  wish: undefined,
  slots: {},
  digits: '',
  firstName: undefined,
  lastName: undefined,
  said: '',
  cutOff: false,
  asked: 'opening',
  askedBefore: undefined,
  question: '',
  readBackUnheard: false,
  misses: 0,
  letOff: false,
  loops: 0,
  silences: 0,
  offered: undefined,
  declined: false,
  wanted: undefined,
  tried: [],
  done: [],
  committed: undefined,
  agreed: {},
  office: 'idle',
  holding: 0,
  keys: '',
  upset: false,
  urgent: false,
  sent: undefined,
  call: undefined,
  told: undefined,
  over: false,
};

/** A turn was understood: what was not before it is forgotten. */
export const afresh = (dialogue: Dialogue): Dialogue => ({ ...dialogue, misses: 0, letOff: false, declined: false });

export const say = (text: string): Act => ({ kind: 'say', text });
