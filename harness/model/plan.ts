import type { DtmfKey, Phone } from './line.ts';
import type { Bound } from './metric.ts';
import type { MetronomeCall } from './metronome.ts';
import type { Patience, PlaceUse } from './person.ts';
import type { VoiceChoice } from './speech.ts';

/** What is at risk in a call of this kind. */
export type Stakes = 'low' | 'medium' | 'high';

/** Values by slot name in their canonical form, e.g. `{ day: 'tuesday', time: '15:00', name: 'maya lopez' }`. */
export type Facts = Readonly<Record<string, string>>;

/** Why she is silent inside her turn: `hesitation` follows an unfinished value, `breath` words that could have been all. */
export type PauseKind = 'hesitation' | 'breath';

/** A sound without words. `chirp` is the metronome's known stimulus. */
export type SoundName = 'chirp' | 'cough' | 'laugh' | 'bang';

/** A piece of a caller's line: words, a pause she means to hold, or a bare sound. */
export type Piece =
  /** `by`: somebody beside her says it, in another voice of her engine. */
  | { readonly say: string; readonly by?: string }
  | { readonly pauseMs: number; readonly why: PauseKind }
  | { readonly sound: SoundName; readonly lengthMs: number };

/** How a line sounds beyond the voice's own manner. */
export interface Manner {
  /** Muffled, quieter and slurred (low-pass, gain, faster rate, a fixed noise floor). */
  readonly mumbled?: boolean;
  /** dB relative to the caller's own level. */
  readonly gainDb?: number;
}

/**
 * Something the caller says when it is her turn.
 * `topic` is what the line answers: opening, reason, name, day, time, phone, birthdate, confirm-yes, confirm-no,
 * desk:FACT, thanks, goodbye ... A listening mind picks by topic; a script goes in order.
 */
export interface PlannedLine {
  readonly id: string;
  readonly topic: string;
  readonly pieces: readonly Piece[];
  readonly manner: Manner;
  /** What this line tells the agent; later values replace earlier ones in the ledger. */
  readonly facts: Facts;
  /** Wrong values she says first and corrects in the same breath. */
  readonly takesBack?: Facts;
  /** Keys she presses after the words (RFC 4733), the first time she says it; its other ways are spoken. */
  readonly keys?: readonly DtmfKey[];
  /** Other ways of saying the same, used when asked again. */
  readonly again: readonly { readonly pieces: readonly Piece[]; readonly manner: Manner }[];
  /** True when the script says it in order; false when only an answer to its topic brings it up. */
  readonly onAgenda: boolean;
  /** Once, before it, she says nothing although it is her turn. */
  readonly silence?: Silence;
  /** Phrases of the agent's that bring it up, for a caller who listens. */
  readonly when?: readonly string[];
}

/** Silence of hers, from the agent's last word on. What the agent says in it does not end it. */
export interface Silence {
  readonly forMs: number;
  /** How it ends: she has come back and speaks, or she had gone away and hangs up without a word. */
  readonly ends: 'speaks' | 'hangs-up';
}

/**
 * Agent utterance `utterance` (1 is the first) after caller line `line` ('' is the answer), `offsetMs` after its audible
 * onset, or after its end, into the silence that follows.
 */
export interface Trigger {
  readonly line: string;
  readonly utterance: number;
  readonly offsetMs: number;
  /** What of the utterance it is meant to fall on, where she knows it; the agent may speak otherwise. */
  readonly aim?: 'breath';
  /** `onset` unless it says otherwise. */
  readonly from?: 'onset' | 'end';
}

/** `far-speaker`: somebody beside her, who means somebody else. */
export type StimulusKind =
  'interruption' | 'correction' | 'backchannel' | 'cough' | 'laugh' | 'noise' | 'far-speaker' | 'key';

/** Something done to the agent at a trigger. */
export interface PlannedStimulus {
  readonly id: string;
  readonly kind: StimulusKind;
  readonly trigger: Trigger;
  /** A sham takes the same trigger, logs its instant and plays nothing. */
  readonly sham: boolean;
  readonly pieces: readonly Piece[];
  /** Keys she presses at that moment (RFC 4733), instead of any sound: of kind `key` only, and without pieces. */
  readonly keys?: readonly DtmfKey[];
  readonly manner: Manner;
  /** Told by it, when it was played. */
  readonly facts: Facts;
  /** True when the caller means to take the floor. */
  readonly takesFloor: boolean;
  /** The line it says early: once it was played that line need not be said any more. */
  readonly instead?: string;
}

export type HandoffTruth = 'must' | 'may' | 'must-not';

/** What must have happened by the end of the call. */
export interface Expect {
  /** The commitment the office must have received, with the ledger's latest values of these slots; undefined: none may be. */
  readonly commit?: {
    readonly action: string;
    readonly slots: readonly string[];
    /** Values of slots that she does not tell: what the agent itself must have found out. */
    readonly values?: Facts;
  };
  readonly handoff: {
    readonly truth: HandoffTruth;
    /** The desk she must reach. */
    readonly desk?: string;
    /** Facts that must be in the packet. */
    readonly facts: readonly string[];
    /** Topic of the line that makes a handoff due; default: the one that tells `reason`, else the opening. */
    readonly trigger?: string;
  };
  /** Phrases that must be heard from the agent. */
  readonly mustSay?: readonly string[];
  /**
   * Words that nobody may hear from the agent: a secret, what only an agent that obeys the caller's injection says, or
   * what is wrong to say in this call.
   */
  readonly mustNotSay?: readonly { readonly words: string; readonly why: 'secret' | 'obeyed' | 'wrong' }[];
}

/** Why somebody calls. What a file in personas/scenarios default-exports. */
export interface Scenario {
  readonly summary: string;
  readonly stakes: Stakes;
  /** Who speaks first. */
  readonly opens: 'agent' | 'caller';
  /** Facts she knows; a line's `{slot}` is filled with the spoken form by the scenario's own lines. */
  readonly facts: Facts;
  readonly lines: readonly PlannedLine[];
  readonly expect: Expect;
  /** Wrong values a habit may state first and then correct: slot -> how she says the wrong value and the repair. */
  readonly slips: Readonly<Record<string, Slip>>;
  /** Left out: it answers at once. */
  readonly office?: OfficeWays;
  /** Who can follow it, unless a suite's call says otherwise; default: `listener`. */
  readonly mind?: Plan['mind'];
}

/** A wrong first value of a slot, and the words that replace it. */
export interface Slip {
  /** The line in which the slot is stated. */
  readonly line: string;
  /** The line with the wrong value. */
  readonly wrong: string;
  readonly wrongValue: string;
  /** Said as a correction later, e.g. "sorry, make that Thursday". */
  readonly repair: string;
  /** In the same breath, e.g. "no, wait, Thursday". */
  readonly inTurn: string;
  /** The repair once everything is confirmed, e.g. "oh, actually, can we make that Thursday"; default: `repair`. */
  readonly later?: string;
  /** Leaves the right value for the wrong one, to come back to it, e.g. "or no, Wednesday might be better"; default: `wrong`. */
  readonly away?: string;
}

/** How the office behaves in a call; a simulation of a slow calendar, not of a real one. */
export interface OfficeWays {
  /** It answers questions about its calendar, and commitments, after this long. */
  readonly delayMs: number;
}

/** What habits rewrite while a plan is made. */
export interface PlanDraft {
  readonly lines: readonly PlannedLine[];
  readonly stimuli: readonly PlannedStimulus[];
  readonly facts: Facts;
  readonly slips: Readonly<Record<string, Slip>>;
}

/** What an adversary tries. What a file in personas/attacks default-exports. */
export interface Attack {
  readonly summary: string;
  apply(draft: PlanDraft): PlanDraft;
  readonly bounds: readonly Bound[];
  /** Words that show that it succeeded, beside those the scenario forbids. */
  readonly mustNotSay?: Expect['mustNotSay'];
}

/** One call, fully decided. JSON. It names no line: the same plan runs on any. */
export interface Plan {
  readonly schema: 'hangup.plan/1';
  readonly id: string;
  readonly seed: number;
  readonly persona: string;
  readonly scenario: string;
  readonly stakes: Stakes;
  readonly opens: 'agent' | 'caller';
  /** `script` needs no ear; `listener` answers what the agent asked. */
  readonly mind: 'script' | 'listener';
  readonly voice: VoiceChoice;
  readonly place: PlaceUse;
  readonly phone: Phone;
  readonly patience: Patience;
  readonly lines: readonly PlannedLine[];
  readonly stimuli: readonly PlannedStimulus[];
  readonly expect: Expect;
  readonly bounds: readonly Bound[];
  /** What the desks do when called; `unreachable`: nobody listens at the addresses the office gives. */
  readonly desks: 'answer' | 'busy' | 'decline' | 'silent' | 'unreachable';
  /** Left out: the office answers at once. */
  readonly office?: OfficeWays;
  /** For a call to the metronome: under what conditions. What it will do is not said here. */
  readonly metronome?: MetronomeCall;
  /** The call is hung up by us after this long. */
  readonly maxMs: number;
}
