import { exactInterval, type Interval } from './rates.ts';

/** Whether something happened at a stimulus of some strength. `hit` is 0 or 1; a half counts half. */
export interface Trial {
  readonly dose: number;
  readonly hit: number;
}

/** A logistic curve over the dose, or over its logarithm. */
export interface Psychometric {
  /** Dose at which the share `p` is reached; Infinity: never, -Infinity: at every dose. */
  doseAt(p: number): number;
  /** Share at a dose. */
  at(dose: number): number;
}

/** Keeps the slope finite where hits and misses do not overlap: in units of the doses' own spread. */
const RIDGE = 0.02;
const STEPS = 50;

/**
 * Logistic regression of hits on the dose (its logarithm where `scale` is `log`) by penalised likelihood. A curve that does not rise
 * says nothing of where it crosses: it is then flat at the overall share. Wichmann and Hill (Perception & Psychophysics 2001).
 */
export function psychometric(trials: readonly Trial[], scale: 'linear' | 'log'): Psychometric {
  const toX = (dose: number): number => (scale === 'log' ? Math.log(Math.max(dose, 1e-9)) : dose);
  const xs = trials.map(({ dose }) => toX(dose));
  const mean = xs.reduce((sum, x) => sum + x, 0) / Math.max(1, xs.length);
  const spread = Math.sqrt(xs.reduce((sum, x) => sum + (x - mean) ** 2, 0) / Math.max(1, xs.length));
  const share = trials.reduce((sum, { hit }) => sum + hit, 0) / Math.max(1, trials.length);
  const flat: Psychometric = { at: () => share, doseAt: (p) => (share < p ? Infinity : -Infinity) };
  if (spread < 1e-9 || share === 0 || share === 1) return flat;
  const { level, slope } = fit(
    xs.map((x) => (x - mean) / spread),
    trials.map(({ hit }) => hit),
  );
  if (slope <= 1e-6) return flat;
  const fromX = (x: number): number => (scale === 'log' ? Math.exp(x) : x);
  return {
    at: (dose) => logistic(level + slope * ((toX(dose) - mean) / spread)),
    doseAt: (p) => fromX(mean + (spread * (Math.log(p / (1 - p)) - level)) / slope),
  };
}

const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

/** Newton's method, with its step halved whenever it overshoots. */
function fit(zs: readonly number[], hits: readonly number[]): { readonly level: number; readonly slope: number } {
  let [level, slope] = [0, 1];
  let best = likelihood(zs, hits, level, slope);
  for (let step = 0; step < STEPS; step++) {
    let [g0, g1, h00, h01, h11] = [0, -2 * RIDGE * slope, 1e-12, 0, 2 * RIDGE];
    for (let i = 0; i < zs.length; i++) {
      const z = zs[i] ?? 0;
      const p = logistic(level + slope * z);
      const error = (hits[i] ?? 0) - p;
      const weight = p * (1 - p);
      g0 += error;
      g1 += error * z;
      h00 += weight;
      h01 += weight * z;
      h11 += weight * z * z;
    }
    const determinant = h00 * h11 - h01 * h01;
    if (!(determinant > 1e-15)) break;
    let d0 = (h11 * g0 - h01 * g1) / determinant;
    let d1 = (h00 * g1 - h01 * g0) / determinant;
    let next = likelihood(zs, hits, level + d0, slope + d1);
    for (let halving = 0; halving < 30 && !(next >= best); halving++) {
      [d0, d1] = [d0 / 2, d1 / 2];
      next = likelihood(zs, hits, level + d0, slope + d1);
    }
    if (!(next > best)) break;
    [level, slope] = [level + d0, slope + d1];
    const gained = next - best;
    best = next;
    if (gained < 1e-6) break;
  }
  return { level, slope };
}

function likelihood(zs: readonly number[], hits: readonly number[], level: number, slope: number): number {
  let sum = -RIDGE * slope * slope;
  for (let i = 0; i < zs.length; i++) {
    const x = level + slope * (zs[i] ?? 0);
    const logP = x > 0 ? -Math.log1p(Math.exp(-x)) : x - Math.log1p(Math.exp(x));
    const hit = hits[i] ?? 0;
    sum += hit * logP + (1 - hit) * (logP - x);
  }
  return sum;
}

/**
 * What is certain of the dose at which a rising curve reaches `p`, whatever its shape. Not before `low`: among the trials at
 * that dose or above, exact limits keep the share below `p`. Not after `high`: among those at that dose or below, they keep it above.
 */
export function exactDose(trials: readonly Trial[], p: number): Interval {
  const sorted = trials.toSorted((a, b) => a.dose - b.dose);
  const limits = (some: readonly Trial[]): Interval =>
    exactInterval(
      some.reduce((sum, { hit }) => sum + hit, 0),
      some.length,
    );
  const low = sorted.findLast((_, i) => limits(sorted.filter(({ dose }) => dose >= (sorted[i]?.dose ?? 0))).high < p);
  const high = sorted.find((_, i) => limits(sorted.filter(({ dose }) => dose <= (sorted[i]?.dose ?? 0))).low > p);
  return { low: low?.dose ?? -Infinity, high: high?.dose ?? Infinity };
}
