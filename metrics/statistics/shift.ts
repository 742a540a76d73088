import { chance } from '../../harness/model/seed.ts';
import { quantile } from './quantile.ts';

/** A single change of level in a row of values. */
export interface Shift {
  /** Index of the first value after it. */
  readonly at: number;
  /** Medians of the values before it and since. */
  readonly before: number;
  readonly after: number;
  /** How often the same values in random order show one at least as strong. */
  readonly p: number;
}

/** The clearest shift among seven values has a chance of 0.1, among eight of 0.03: fewer cannot tell. */
export const LEAST_VALUES = 8;

const ORDERS = 9999;

/**
 * Where a row of values most likely changed its level, by ranks: Pettitt's statistic (Applied Statistics 1979), with its
 * chance from random orders of the same values, seeded. It takes the values as independent and asks for one change alone.
 * Undefined for fewer than eight values.
 */
export function shiftOf(values: readonly number[], seed = 1): Shift | undefined {
  if (values.length < LEAST_VALUES) return undefined;
  // How many others each value is above, minus how many it is below.
  const leads = values.map((value) => values.reduce((sum, other) => sum + Math.sign(value - other), 0));
  const found = strongest(leads);
  const dice = chance(seed);
  let asStrong = 0;
  for (let round = 0; round < ORDERS; round++) {
    if (strongest(shuffled(leads, () => dice.next())).size >= found.size) asStrong++;
  }
  return {
    at: found.at,
    before: quantile(values.slice(0, found.at), 0.5) ?? NaN,
    after: quantile(values.slice(found.at), 0.5) ?? NaN,
    p: (1 + asStrong) / (1 + ORDERS),
  };
}

/** The largest sum of leads up to a place, and the place after it. */
function strongest(leads: readonly number[]): { readonly size: number; readonly at: number } {
  let best = { size: -1, at: 0 };
  let sum = 0;
  for (let at = 1; at < leads.length; at++) {
    sum += leads[at - 1] ?? 0;
    if (Math.abs(sum) > best.size) best = { size: Math.abs(sum), at };
  }
  return best;
}

/** In random order (Fisher and Yates 1938). */
function shuffled(values: readonly number[], next: () => number): readonly number[] {
  const mixed = [...values];
  for (let last = mixed.length - 1; last > 0; last--) {
    const other = Math.floor(next() * (last + 1));
    const kept = mixed[last] as number;
    mixed[last] = mixed[other] as number;
    mixed[other] = kept;
  }
  return mixed;
}
