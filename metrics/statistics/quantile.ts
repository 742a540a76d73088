import { binomialCdf, type Interval } from './rates.ts';

/** Whether a percentile of so many observations may be printed. */
export const mayPrint = (p: number, n: number): boolean => n >= leastFor(p);

/** Least number of observations for which order statistics bound percentile `p` on both sides at 95 %: 72 for p95, 368 for p99. */
export function leastFor(p: number): number {
  const rare = Math.max(p, 1 - p);
  return Math.ceil(Math.log(0.025) / Math.log(rare) - 1e-9);
}

/** The value below which a share `p` lies, between neighbours by the rule of Hyndman and Fan's type 7; undefined when empty. */
export function quantile(values: readonly number[], p: number): number | undefined {
  if (values.length === 0) return undefined;
  const sorted = values.toSorted((a, b) => a - b);
  const at = p * (sorted.length - 1);
  const low = sorted[Math.floor(at)] as number;
  const high = sorted[Math.ceil(at)] as number;
  return low === high ? low : low + (high - low) * (at - Math.floor(at));
}

/**
 * Interval of a quantile from order statistics, exact by the binomial law and free of any distribution
 * (David and Nagaraja, Order Statistics, section 7.1). Unbounded sides are infinite.
 */
export function quantileInterval(values: readonly number[], p: number, confidence = 0.95): Interval {
  const sorted = values.toSorted((a, b) => a - b);
  const n = sorted.length;
  const side = (1 - confidence) / 2;
  let low = 0;
  while (low < n && binomialCdf(low, n, p) <= side) low++;
  let high = n;
  while (high > 0 && 1 - binomialCdf(high - 1, n, p) <= side) high--;
  return {
    low: low === 0 ? -Infinity : (sorted[low - 1] as number),
    high: high >= n ? Infinity : (sorted[high] as number),
  };
}
