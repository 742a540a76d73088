import type { ImpairmentKind } from './impairment.ts';

/** Packets that let the next one past: two ways of different length. */
export const reorder: ImpairmentKind = ({ reorder: share = 0 }, dice) =>
  share > 0 ? () => (dice.next() < share ? { does: 'reorder' } : undefined) : undefined;
