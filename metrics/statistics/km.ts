import { normalCdf, normalQuantile } from './normal.ts';

/** A time, or how long at least. `lost`: it can never come any more (a competing failure). */
export interface Duration {
  readonly value: number;
  readonly censored: boolean;
  readonly lost?: boolean;
}

/** One step of the curve: at `at` the share of those still waiting falls to `survival`. */
export interface Step {
  readonly at: number;
  readonly atRisk: number;
  readonly events: number;
  readonly survival: number;
  /** Greenwood's sum, of which survival squared times this is the variance. */
  readonly greenwood: number;
}

/** A product-limit curve. */
export interface Curve {
  readonly n: number;
  readonly censored: number;
  readonly steps: readonly Step[];
  /** First time by which a share `p` has happened; undefined: not reached. */
  quantile(p: number): number | undefined;
  /**
   * Interval of that quantile by inverting log-log intervals of the curve; Infinity: not reached. `effect` is the design
   * effect of observations in clusters, by which Greenwood's variance is too small.
   */
  interval(p: number, confidence?: number, effect?: number): { readonly low: number; readonly high: number };
  /** Share still waiting after `at`. */
  survival(at: number): number;
}

/**
 * Kaplan and Meier's product-limit estimate (JASA 1958) with Greenwood's variance. Quantile intervals follow Brookmeyer
 * and Crowley (Biometrics 1982) on the log(-log) scale. An observation that was `lost` has an infinite time and stays at
 * risk for ever (the subdistribution of Gray 1988), so an agent that hangs up never looks faster for it.
 */
export function kaplanMeier(durations: readonly Duration[]): Curve {
  const times = durations.map(({ value, censored, lost }) => ({
    at: lost ? Infinity : value,
    event: !censored && !lost,
  }));
  const steps = stepsOf(times);
  const survival = (at: number): number => steps.findLast((step) => step.at <= at)?.survival ?? 1;
  return {
    n: durations.length,
    censored: durations.filter(({ censored }) => censored).length,
    steps,
    survival,
    quantile: (p) => steps.find((step) => step.survival <= 1 - p + 1e-12)?.at,
    interval: (p, confidence = 0.95, effect = 1) =>
      quantileInterval(steps, 1 - p, normalQuantile(0.5 + confidence / 2) * Math.sqrt(effect)),
  };
}

function stepsOf(times: readonly { readonly at: number; readonly event: boolean }[]): Step[] {
  const sorted = times.toSorted((a, b) => a.at - b.at);
  const steps: Step[] = [];
  let survival = 1;
  let greenwood = 0;
  for (let i = 0; i < sorted.length;) {
    const at = (sorted[i] as { at: number }).at;
    const atRisk = sorted.length - i;
    let events = 0;
    for (; i < sorted.length && (sorted[i] as { at: number }).at === at; i++) if (sorted[i]?.event) events++;
    if (events === 0) continue;
    survival *= 1 - events / atRisk;
    greenwood = events === atRisk ? Infinity : greenwood + events / (atRisk * (atRisk - events));
    steps.push({ at, atRisk, events, survival, greenwood });
  }
  return steps;
}

/** All times at which the curve's interval still covers `share`. */
function quantileInterval(steps: readonly Step[], share: number, z: number): { low: number; high: number } {
  const bounds = steps.map((step) => ({ at: step.at, ...survivalInterval(step, z) }));
  const low = bounds.find((bound) => bound.low <= share);
  const high = bounds.find((bound) => bound.high <= share);
  return { low: low?.at ?? steps[0]?.at ?? Infinity, high: high?.at ?? Infinity };
}

/** log(-log) interval of the survival after one step; at 0, where it has no variance, the exact limit of none left among those at risk. */
function survivalInterval({ survival, greenwood, atRisk }: Step, z: number): { low: number; high: number } {
  if (survival <= 0) return { low: 0, high: 1 - (1 - normalCdf(z)) ** (1 / atRisk) };
  const spread = (z * Math.sqrt(greenwood)) / Math.abs(Math.log(survival));
  return { low: survival ** Math.exp(spread), high: survival ** Math.exp(-spread) };
}
