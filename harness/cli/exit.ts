import type { Verdict } from '../model/metric.ts';

/** Exit codes, a documented API (README). */
export const EXIT = { pass: 0, fail: 1, usage: 2, inconclusive: 3, invalid: 4, interrupted: 130 } as const;

/** The exit code of a verdict. */
export const exitOf = (verdict: Verdict): number => EXIT[verdict];
