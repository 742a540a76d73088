import type { Fault } from '../../agent/fault.ts';
import { exactInterval } from '../../metrics/statistics/rates.ts';
import type { Interval } from '../../metrics/statistics/rates.ts';
import type { CallInstant } from '../../metrics/store/store.ts';
import { valid } from './selftest-judge.ts';
import type { SweepResult } from './selftest-sweep.ts';
import type { Trial } from './selftest-trial.ts';

/** How often something happened. */
export interface Rate extends Interval {
  readonly hits: number;
  readonly trials: number;
}

/** Clopper and Pearson's interval around it. */
export const rateOf = (hits: number, trials: number): Rate => ({ hits, trials, ...exactInterval(hits, trials) });

/** What became of one fault over all trials. */
export interface FaultResult {
  readonly name: string;
  /** Trials in which every metric that must turn red did. */
  readonly detected: Rate;
  readonly breaks: readonly string[];
  /** Trials in which a metric turned red, by metric. */
  readonly red: Readonly<Record<string, number>>;
  readonly observed: readonly string[];
  /** Metrics that turned red and must stay. */
  readonly strays: readonly string[];
  /** By metric that turned red, the kept call that shows it. */
  readonly shown: Readonly<Record<string, CallInstant>>;
  readonly ok: boolean;
}

/** A self-test's outcome. */
export interface SelftestResult {
  readonly verdict: 'pass' | 'fail';
  readonly trials: number;
  readonly faults: readonly FaultResult[];
  readonly sound: {
    /** Calls with an alarm among those that could be judged. */
    readonly alarmed: Rate;
    readonly alarms: readonly { readonly call: string; readonly metric: string; readonly value: number }[];
    readonly invalid: number;
    readonly observed: readonly string[];
  };
  readonly sweeps: readonly SweepResult[];
  /** Metrics that no fault turned red. */
  readonly unmoved: readonly string[];
}

/** More of the sound agent's calls spoilt by us than this, and nothing is proven. */
const INVALID_SHARE = 0.05;

/** One sound call with the name it goes by. */
export interface SoundTrial extends Trial {
  readonly call: string;
}

/** Sums up all trials. */
export function resultOf(
  faults: ReadonlyMap<string, Fault>,
  broken: readonly Trial[],
  sound: readonly SoundTrial[],
  sweeps: readonly SweepResult[],
  metrics: readonly string[],
): SelftestResult {
  const results = [...faults].map(([name, fault]) =>
    faultResult(
      name,
      fault,
      broken.filter((trial) => trial.fault === name),
    ),
  );
  const judged = sound.filter(({ calls }) => calls.every(valid));
  const alarms = judged.flatMap(({ call, red }) =>
    Object.entries(red).map(([metric, value]) => ({ call, metric, value })),
  );
  const invalid = sound.length - judged.length;
  const moved = new Set(results.flatMap(({ red }) => Object.keys(red)));
  const trusted = sound.length > 0 && invalid <= sound.length * INVALID_SHARE;
  const ok = trusted && alarms.length === 0 && results.every((one) => one.ok) && sweeps.every((one) => one.ok);
  return {
    verdict: ok ? 'pass' : 'fail',
    trials: Math.max(0, ...results.map(({ detected }) => detected.trials)),
    faults: results,
    sound: {
      alarmed: rateOf(new Set(alarms.map(({ call }) => call)).size, judged.length),
      alarms,
      invalid,
      observed: [...new Set(judged.flatMap(({ observed }) => observed))].sort(),
    },
    sweeps,
    unmoved: metrics.filter((metric) => !moved.has(metric)).toSorted(),
  };
}

function faultResult(name: string, fault: Fault, trials: readonly Trial[]): FaultResult {
  const detected = trials.filter(({ red }) => fault.breaks.every((metric) => red[metric] !== undefined)).length;
  const red: Record<string, number> = {};
  for (const metric of trials.flatMap((trial) => Object.keys(trial.red))) red[metric] = (red[metric] ?? 0) + 1;
  const allowed = new Set([...fault.breaks, ...fault.mayMove]);
  const strays = Object.keys(red).filter((metric) => !allowed.has(metric));
  return {
    name,
    detected: rateOf(detected, trials.length),
    breaks: fault.breaks,
    red,
    observed: [...new Set(trials.flatMap(({ observed }) => observed))].sort(),
    strays,
    shown: Object.fromEntries(trials.flatMap((trial) => Object.entries(trial.shown ?? {}))),
    ok: trials.length > 0 && detected === trials.length && strays.length === 0,
  };
}
