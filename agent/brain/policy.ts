import type { Facts } from '../../harness/model/plan.ts';
import type { Slot, Topic, Wish } from '../ear/meaning.ts';
import type { Dialogue } from './dialogue.ts';
import { narrower, sorry } from './phrases.ts';

/** What the agent does about a turn it did not understand. */
export type Repair =
  | { readonly kind: 'ask'; readonly text: string }
  /** Offers her a person. */
  | { readonly kind: 'offer' }
  /** As if it had been understood. No sound agent does that. */
  | { readonly kind: 'go-on' };

/** The clinic's rules, apart from the craft of talking. */
export interface Policy {
  /** Values each wish needs before it can be done, in the order they are asked for. */
  readonly needs: Readonly<Record<Wish, readonly Slot[]>>;
  /** Values a desk wants to know before it takes over. */
  readonly before: Readonly<Record<string, readonly Slot[]>>;
  /** The values to go on with, from those held and those just told. */
  readonly revise: (held: Facts, told: Facts) => Facts;
  /** The ladder: what to do after `misses` turns in a row that were not understood. */
  readonly repair: (misses: number, asked: Topic, dialogue: Dialogue) => Repair;
  /** Read-backs refused before somebody else takes over. */
  readonly loops: number;
  readonly desks: readonly string[];
}

/** How the reference clinic works. */
export const soundPolicy: Policy = {
  needs: {
    book: ['service', 'day', 'time', 'name', 'phone'],
    move: ['name', 'day', 'time', 'phone'],
    cancel: ['name', 'day'],
    confirm: ['name'],
    message: ['name', 'phone'],
  },
  before: { billing: ['name'] },
  revise: (held, told) => ({ ...held, ...told }),
  repair: (misses, asked) => {
    if (misses === 1) return { kind: 'ask', text: sorry };
    if (misses === 2) return { kind: 'ask', text: narrower(asked) };
    return { kind: 'offer' };
  },
  loops: 2,
  desks: ['front desk', 'billing', 'nurse', 'manager'],
};
