import type { Facts } from '../../harness/model/plan.ts';

/** What a caller may want done. */
export type Wish = 'book' | 'move' | 'cancel' | 'confirm' | 'message';

/** What she may ask for, beside filling a slot; `odd` is nothing a front desk does, such as to forget its rules. */
export type Question = 'price' | 'hours' | 'repeat' | 'wait' | 'robot' | 'odd';

/** A value the front desk collects. */
export type Slot = 'service' | 'day' | 'time' | 'name' | 'phone' | 'message';

/** What an answer is expected about; decides the grammar and how bare words are read. */
export type Topic = 'opening' | Slot | 'confirm' | 'more' | 'consent';

/** What a stretch of heard words means. Pure reading: no memory of earlier turns. */
export interface Meaning {
  readonly text: string;
  /** Values in canonical form; the last one said wins. */
  readonly slots: Facts;
  /** Every value of `slots` she took back in the same breath. */
  readonly dropped: Facts;
  /** Part of a phone number: fewer digits than it needs. */
  readonly digits: string | undefined;
  readonly firstName: string | undefined;
  readonly lastName: string | undefined;
  readonly answer: 'yes' | 'no' | undefined;
  /** What she speaks about by name, whether or not its value was understood: "no, the name is ...". */
  readonly about: 'name' | 'phone' | undefined;
  /** "no wait", "make that", "sorry, I meant": what follows replaces. */
  readonly correction: boolean;
  readonly wish: Wish | undefined;
  readonly questions: readonly Question[];
  /** A desk she asks for, or whose business it is. */
  readonly desk: string | undefined;
  /** She asked for a person in so many words, not merely about a matter of that desk. */
  readonly person: boolean;
  /** It cannot wait: she bleeds, swells, suffers. */
  readonly urgent: boolean;
  /** She is angry, and says so. */
  readonly upset: boolean;
  readonly thanks: boolean;
  readonly bye: boolean;
}
