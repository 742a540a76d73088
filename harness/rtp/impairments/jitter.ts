import type { Impairments } from '../../model/network.ts';
import type { Chance } from '../../model/seed.ts';
import type { ImpairmentKind } from './impairment.ts';

/** How many times its mean the longest delay is, where most are short. */
const MEANS_TO_THE_END = 7;

/** A delay of its own for every packet. Longest is `jitterMs` whatever the shape, so that a jitter buffer's size can be told. */
export const jitter: ImpairmentKind = (settings, dice) => {
  const draw = drawn(settings, dice);
  return draw && (() => ({ does: 'hold', forMs: toTheMicrosecond(draw()) }));
};

function drawn({ jitterMs = 0, jitter: shape = 'even' }: Impairments, dice: Chance): (() => number) | undefined {
  if (jitterMs <= 0) return undefined;
  if (shape === 'even') return () => dice.between(0, jitterMs);
  return () => jitterMs * exponential(dice.next());
}

/** Exponential, cut off at 1: the inverse of its distribution at `u`. */
const exponential = (u: number): number => -Math.log(1 - u * (1 - Math.exp(-MEANS_TO_THE_END))) / MEANS_TO_THE_END;

/** So that what is written down is what was done. */
const toTheMicrosecond = (duration: number): number => Math.round(duration * 1000) / 1000;
