import type { Pcm } from '../model/audio.ts';
import type { Agenda, Saying } from './agenda.ts';

/** A question of a desk, as data. */
export interface DeskQuestion {
  readonly fact: string;
  readonly text: string;
}

/** Where she stands when it is her turn. */
export interface Moment {
  readonly agenda: Agenda;
  /** Her turn, or a silence in which she speaks up again. */
  readonly why: 'turn' | 'nudge';
  /** With a desk: what it asked and she has not answered, and whether it has all it wants. */
  readonly desk: { readonly question: DeskQuestion | undefined; readonly satisfied: boolean } | undefined;
}

/** What she does with her turn. `again` marks a line she was made to repeat. */
export type Choice =
  | { readonly kind: 'say'; readonly saying: Saying; readonly again: boolean }
  | { readonly kind: 'wait' }
  | { readonly kind: 'leave' };

/** A choice and what she understood before it. */
export interface Thought {
  readonly choice: Choice;
  readonly heard: { readonly text: string; readonly topic: string } | undefined;
}

/** Decides what to say next. Turn-taking is none of its business. */
export interface Mind {
  /** The agent's audio while it sounds, at the line's rate. */
  listen(samples: Pcm): void;
  /** She begins to speak: what she heard before has been answered. */
  forget(): void;
  think(moment: Moment): Promise<Thought>;
}
