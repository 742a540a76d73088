import type { Plan, Silence } from '../model/plan.ts';
import type { Ms } from '../model/time.ts';
import type { Trigger } from './triggers.ts';

/** Everything that can happen to the caller's turn-taking. `at` is when she knows of it. */
export type FloorEvent =
  | { readonly kind: 'answered'; readonly at: Ms }
  /** The agent became audible at `onset`, or ceased to be at `offset`. */
  | { readonly kind: 'agent-started'; readonly at: Ms; readonly onset: Ms }
  | { readonly kind: 'agent-stopped'; readonly at: Ms; readonly offset: Ms }
  | {
      readonly kind: 'chose-line';
      readonly at: Ms;
      readonly line: string;
      readonly lengthMs: number;
      readonly again: boolean;
      readonly closing: boolean;
      /** What comes before it, the first time. */
      readonly silence?: Silence | undefined;
    }
  | { readonly kind: 'chose-to-wait'; readonly at: Ms }
  | { readonly kind: 'chose-to-leave'; readonly at: Ms }
  /** Her line, or something she did to the agent, was last audible at `end`. */
  | { readonly kind: 'line-over'; readonly at: Ms; readonly end: Ms }
  | { readonly kind: 'stimulus-over'; readonly at: Ms; readonly end: Ms; readonly takesFloor: boolean }
  /** She was asked to call somebody else, and how that went. */
  | { readonly kind: 'transferring' | 'joined' | 'returned'; readonly at: Ms }
  /** The desk said something more as data. */
  | { readonly kind: 'desk-spoke'; readonly at: Ms }
  | { readonly kind: 'wake'; readonly at: Ms };

/** What turn-taking asks for. */
export type Intention =
  | { readonly kind: 'wake'; readonly at: Ms }
  /** Ask the mind; its answer comes back as an event. */
  | { readonly kind: 'choose'; readonly why: 'turn' | 'nudge' }
  | { readonly kind: 'say'; readonly startAt: Ms }
  | { readonly kind: 'cut-line' }
  | { readonly kind: 'stimulate'; readonly id: string; readonly at: Ms; readonly sham: boolean }
  | { readonly kind: 'not-fired'; readonly id: string; readonly sham: boolean; readonly why: string }
  | { readonly kind: 'give-up'; readonly why: string }
  | { readonly kind: 'hang-up' };

/**
 * waiting: the floor is the agent's. choosing: her turn, the mind thinks. speaking: her line plays.
 * held: she is being put through. leaving: she said goodbye. gone: she has hung up.
 */
export type Phase = 'waiting' | 'choosing' | 'speaking' | 'held' | 'leaving' | 'gone';

/** The agent's side as she hears it. */
export interface AgentHeard {
  readonly sounding: boolean;
  readonly onset: Ms;
  /** Last audible instant; meaningful when not sounding. */
  readonly offset: Ms;
  /** Utterances since her last line ended, and since the call began. */
  readonly utterance: number;
  readonly total: number;
}

/** The line she is saying, and whether the agent talks over it. */
export interface Speaking {
  readonly line: string;
  readonly endsAt: Ms;
  readonly closing: boolean;
  readonly overlapFrom: Ms | undefined;
  readonly counted: boolean;
}

export interface FloorState {
  readonly phase: Phase;
  readonly agent: AgentHeard;
  /** When she last handed the floor over: end of her line or interruption, or the answer. */
  readonly since: Ms;
  /** The agent has said something since then, and finished it. */
  readonly replied: boolean;
  /** She has spoken up in this silence already. */
  readonly nudged: boolean;
  /** The last silence she kept on purpose: before which line, and until when. */
  readonly silent: { readonly line: string; readonly until: Ms } | undefined;
  readonly speaking: Speaking | undefined;
  /** Things she is doing to the agent at this moment. */
  readonly interjecting: number;
  /** When the last of them was over: a silence that she filled herself is none. */
  readonly interjected: Ms;
  /** When she last made a sound into the agent's words that does not ask for the floor. */
  readonly soundedAt: Ms | undefined;
  readonly lastLine: string;
  readonly triggers: readonly Trigger[];
  readonly talkedOver: number;
  /** Times each line had to be repeated because the agent asked. */
  readonly repeats: Readonly<Record<string, number>>;
  readonly limitAt: Ms;
  readonly leaveAt: Ms | undefined;
  readonly turns: number;
  readonly plan: Plan;
}
