import { betaQuantile } from '../../metrics/statistics/normal.ts';

/** A point of a sweep: what was programmed, and what was measured beyond the sound agent's. */
export interface Point {
  readonly programmed: number;
  readonly measured: number;
}

/** A straight line through points, with 95 % intervals. */
export interface Line {
  readonly slope: number;
  readonly low: number;
  readonly high: number;
  readonly intercept: number;
  /** Residual standard deviation. */
  readonly spread: number;
  readonly n: number;
}

/** Student's t at `p` for `freedom` degrees, by the beta distribution. */
function studentQuantile(p: number, freedom: number): number {
  const x = betaQuantile(2 * (1 - p), freedom / 2, 0.5);
  return Math.sqrt((freedom * (1 - x)) / x);
}

/** Least squares with Student's interval of the slope. Undefined for fewer than three points, or one argument only. */
export function fitLine(points: readonly Point[]): Line | undefined {
  const n = points.length;
  const mean = (of: (point: Point) => number): number => points.reduce((sum, point) => sum + of(point), 0) / n;
  if (n < 3) return undefined;
  const [x, y] = [mean(({ programmed }) => programmed), mean(({ measured }) => measured)];
  const sxx = points.reduce((sum, { programmed }) => sum + (programmed - x) ** 2, 0);
  if (sxx === 0) return undefined;
  const slope = points.reduce((sum, { programmed, measured }) => sum + (programmed - x) * (measured - y), 0) / sxx;
  const intercept = y - slope * x;
  const squares = points.reduce((sum, point) => sum + (point.measured - intercept - slope * point.programmed) ** 2, 0);
  const spread = Math.sqrt(squares / (n - 2));
  const half = studentQuantile(0.975, n - 2) * (spread / Math.sqrt(sxx));
  return { slope, low: slope - half, high: slope + half, intercept, spread, n };
}
