import type { Blackout } from '../../model/network.ts';
import type { ImpairmentKind } from './impairment.ts';

/** Nothing gets through for a while: a tunnel, a handover that fails. */
export const blackout: ImpairmentKind = ({ blackouts = [] }) =>
  blackouts.length === 0
    ? undefined
    : (at) => (blackouts.some((one) => covers(one, at)) ? { does: 'lose', by: 'blackout' } : undefined);

function covers(one: Blackout, at: number): boolean {
  if ('fromMs' in one) return at >= one.fromMs && at < one.toMs;
  return at >= one.everyMs && at % one.everyMs < one.forMs;
}
