import type { ImpairmentKind } from './impairment.ts';

/** Packets that come twice: a route that was learned twice. */
export const duplicate: ImpairmentKind = ({ duplicate: share = 0 }, dice) =>
  share > 0 ? () => (dice.next() < share ? { does: 'duplicate' } : undefined) : undefined;
