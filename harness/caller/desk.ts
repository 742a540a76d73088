import type { DeskQuestion } from './mind.ts';
import type { Facts } from '../model/plan.ts';

/** The desks' side of a call, as data: what they ask, and where she says what she has told. */
export interface DeskTalk {
  /** Ends when the desk has all it wants. One reader. */
  readonly questions: AsyncIterable<DeskQuestion>;
  /** She has told this much by now: a desk knows what it need not have asked. */
  told(facts: Facts): void;
}

/** No desk will speak as data: a foreign agent's own. */
export const noDesk: DeskTalk = {
  questions: { [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => undefined) }) },
  told: () => undefined,
};

/** The name in a desk's address: `front desk` of `sip:front-desk@10.0.0.5`, `loopback:front-desk` or `http://10.0.0.5/front-desk`. */
export const deskName = (address: string): string =>
  ((/\/\/.*\/([^/?#]+)/.exec(address) ?? /(?:\w+:)?([^@;:>]+)/.exec(address))?.[1] ?? address).replaceAll('-', ' ');
