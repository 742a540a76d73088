import { betaCdf, betaQuantile, normalQuantile } from './normal.ts';

/** An interval. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * Clopper and Pearson's exact interval of a rate (Biometrika 1934). `hits` may hold halves (a stumble counts half):
 * the beta quantiles are continuous in it. No trials: [0, 1].
 */
export function exactInterval(hits: number, trials: number, confidence = 0.95): Interval {
  const side = (1 - confidence) / 2;
  return {
    low: hits <= 0 ? 0 : betaQuantile(side, hits, trials - hits + 1),
    high: hits >= trials ? 1 : betaQuantile(1 - side, hits + 1, trials - hits),
  };
}

/** Wilson's score interval of a rate (JASA 1927). No trials: [0, 1]. */
export function wilsonInterval(hits: number, trials: number, confidence = 0.95): Interval {
  if (trials === 0) return { low: 0, high: 1 };
  const z = normalQuantile(0.5 + confidence / 2);
  const rate = hits / trials;
  const middle = rate + (z * z) / (2 * trials);
  const spread = z * Math.sqrt((rate * (1 - rate)) / trials + (z * z) / (4 * trials * trials));
  const scale = 1 + (z * z) / trials;
  return { low: Math.max(0, (middle - spread) / scale), high: Math.min(1, (middle + spread) / scale) };
}

/** Hits among trials. */
export interface Count {
  readonly hits: number;
  readonly trials: number;
}

/** Newcombe's hybrid score interval of the difference of two independent rates (Stat. Med. 1998, method 10). */
export function differenceInterval(a: Count, b: Count, confidence = 0.95): Interval & { readonly value: number } {
  const first = a.trials === 0 ? 0 : a.hits / a.trials;
  const second = b.trials === 0 ? 0 : b.hits / b.trials;
  const wa = wilsonInterval(a.hits, a.trials, confidence);
  const wb = wilsonInterval(b.hits, b.trials, confidence);
  const value = first - second;
  return {
    value,
    low: value - Math.hypot(first - wa.low, wb.high - second),
    high: value + Math.hypot(wa.high - first, second - wb.low),
  };
}

/** P(X <= k) for X binomial (n, p). */
export const binomialCdf = (k: number, n: number, p: number): number =>
  k < 0 ? 0 : k >= n ? 1 : betaCdf(1 - p, n - k, k + 1);

/**
 * What a wanted reaction owes to the stimulus when it also happens by chance: 1 - (1 - p) / (1 - s), Abbott's correction
 * (J. Econ. Entomol. 1925), for a rate p at stimuli and s at shams. Interval from Wilson's limits of the two misses by the
 * method of variance estimates recovery for ratios (Donner and Zou, Stat. Methods Med. Res. 2012). Undefined when every
 * sham shows it: then nothing can be told.
 */
export function beyondChance(
  real: Count,
  sham: Count,
  confidence = 0.95,
): (Interval & { readonly value: number }) | undefined {
  const misses = { hits: real.trials - real.hits, trials: real.trials };
  const none = { hits: sham.trials - sham.hits, trials: sham.trials };
  if (real.trials === 0 || none.hits <= 0) return undefined;
  const [a, b] = [misses.hits / misses.trials, none.hits / none.trials];
  const [wa, wb] = [
    wilsonInterval(misses.hits, misses.trials, confidence),
    wilsonInterval(none.hits, none.trials, confidence),
  ];
  const root = (limit: number, against: number): number =>
    Math.sqrt(Math.max(0, (a * b) ** 2 - limit * against * (2 * a - limit) * (2 * b - against)));
  const least = (a * b - root(wa.low, wb.high)) / (wb.high * (2 * b - wb.high));
  const most = (a * b + root(wa.high, wb.low)) / (wb.low * (2 * b - wb.low));
  const inside = (value: number): number => Math.min(1, Math.max(0, value));
  return { value: inside(1 - a / b), low: inside(1 - most), high: inside(1 - Math.max(0, least)) };
}
