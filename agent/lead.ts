import type { Act, Cue, Dialogue } from './brain/dialogue.ts';
import type { AgentParts } from './parts.ts';
import type { CallWorld } from './world.ts';

/** A reply that is still being made: what it says can be heard before the rest is thought of. */
export interface Reply {
  /** What to say, piece by piece, and what to do, in order, as it comes. Ends early when something overtakes it. Never rejects. */
  readonly acts: AsyncIterable<Act>;
  /**
   * Told once, when what it said is over: the words that were heard. The rest is forgotten, and what is not made yet is
   * not made.
   */
  heard(words: string): void;
}

/**
 * Leads the talk of one call: what happens comes in, what is to be said and done comes out. A brain that thinks in no time
 * gives acts; one that takes its time, a reply in the making. When to speak is the floor's business.
 */
export interface Lead {
  /** What the conversation has come to, as far as it shows: what was asked, and the values held. */
  readonly dialogue: Dialogue;
  take(cue: Cue): readonly Act[] | Reply;
  /** What it would say if `text` were all of her turn; undefined when that cannot be told yet. Changes nothing. */
  ahead(text: string): string | undefined;
  /** What she said while a desk rang that did not take her: kept, unless she took her leave. */
  meanwhile(cue: Cue): 'stays' | 'leaves';
  /** The call is over: whatever is still being made is not wanted. */
  end(): void;
}

/** Begins to lead a call. */
export type LeadMaker = (parts: AgentParts, world: CallWorld) => Lead;

export const isReply = (taken: readonly Act[] | Reply): taken is Reply => 'acts' in taken;
