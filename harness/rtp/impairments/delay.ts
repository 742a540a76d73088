import type { ImpairmentKind } from './impairment.ts';

/** The same delay for every packet: a long way. */
export const delay: ImpairmentKind = ({ delayMs = 0 }) =>
  delayMs > 0 ? () => ({ does: 'hold', forMs: delayMs }) : undefined;
