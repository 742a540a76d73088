import type { Impairment, ImpairmentKind } from './impairment.ts';

/**
 * Lost packets, alone or in bursts: Gilbert's chain of two states (1960). In bursts of `burst` packets in the mean a
 * burst ends with probability 1 / burst, and begins as often as makes `loss` the share of both. Without bursts both are
 * what a packet for itself has.
 */
export const loss: ImpairmentKind = (settings, dice) => {
  if (settings.loss <= 0) return undefined;
  const { begins, goesOn } = chainOf(settings.loss, settings.burst);
  let likely = settings.loss;
  const draw: Impairment = () => {
    const lost = dice.next() < likely;
    likely = lost ? goesOn : begins;
    return lost ? { does: 'lose', by: 'loss' } : undefined;
  };
  return draw;
};

function chainOf(share: number, burst: number | undefined): { readonly begins: number; readonly goesOn: number } {
  if (burst === undefined || share >= 1) return { begins: share, goesOn: share };
  return { begins: share / (1 - share) / burst, goesOn: 1 - 1 / burst };
}
