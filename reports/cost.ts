import type { RunCost } from '../harness/model/run.ts';

/** What a run cost, in words and figures. */
export interface Spent {
  readonly currency: string;
  readonly perMinute: number;
  /** The most it could cost. */
  readonly planned: number;
  /** Minutes of talk, and what they cost; absent until the run ends. */
  readonly minutes?: number;
  readonly spent?: number;
}

const cents = (amount: number): number => Math.round(amount * 100) / 100;

/** The cost of a run in figures, to the hundredth. */
export const spentOf = ({ currency, perMinute, plannedMinutes, spentMinutes }: RunCost): Spent => ({
  currency,
  perMinute,
  planned: cents(perMinute * plannedMinutes),
  ...(spentMinutes === undefined ? {} : { minutes: cents(spentMinutes), spent: cents(perMinute * spentMinutes) }),
});

/** `at most 2.70 USD (30 minutes at 0.09 USD)`, for who decides whether to call at all. */
export const plannedCost = ({ currency, perMinute, plannedMinutes }: RunCost): string =>
  `at most ${(perMinute * plannedMinutes).toFixed(2)} ${currency} (${perMinute} ${currency} a minute)`;

/** `1.13 USD of at most 2.70 USD, for 12.5 minutes of talk`. */
export function spentCost(cost: RunCost): string {
  const { currency, planned, minutes, spent } = spentOf(cost);
  const most = `${planned.toFixed(2)} ${currency}`;
  return spent === undefined || minutes === undefined
    ? `at most ${most}; the run has not ended`
    : `${spent.toFixed(2)} ${currency} of at most ${most}, for ${minutes.toFixed(1)} minutes of talk`;
}
