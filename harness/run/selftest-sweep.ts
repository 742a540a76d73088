import type { Sweep } from '../../agent/fault.ts';
import type { Score } from '../model/metric.ts';
import { placeOne } from './run.ts';
import type { Workshop } from './run.ts';
import { valid } from './selftest-judge.ts';
import { fitLine } from './selftest-slope.ts';
import type { Line, Point } from './selftest-slope.ts';
import { planOf } from './selftest-trial.ts';
import type { Lab } from './selftest-trial.ts';

/** How a metric follows a fault's argument. */
export interface SweepResult {
  readonly fault: string;
  readonly metric: string;
  readonly points: readonly Point[];
  /** Undefined: too little was seen. */
  readonly line: Line | undefined;
  /** Combined uncertainty of a point, in the metric's unit: the median. */
  readonly u: number;
  /** The slope is 1 within its interval, or misses it by less than `u` over the whole range. */
  readonly ok: boolean;
}

/** Observations of a sweep's metric in one call, whole and beyond doubt, by what they are of. */
export type Observed = readonly Pick<Score, 'of' | 'value' | 'u'>[];

/** Places the sweep's calls on one agent and gives its metric's observations. */
export async function observeSweep(lab: Lab, workshop: Workshop, sweep: Sweep, trial: number): Promise<Observed> {
  const seen: Pick<Score, 'of' | 'value' | 'u'>[] = [];
  for (const [index, call] of sweep.calls.entries()) {
    const { scored } = await placeOne(planOf(lab.planner, call, lab.seed, trial), lab.signal, workshop);
    if (!valid(scored)) continue;
    const about = scored.scores.filter(
      ({ metric, class: name }) => metric === sweep.metric && !name.startsWith('sham:'),
    );
    for (const { of, value, u, censored, doubt } of about)
      if (!censored && doubt === undefined) seen.push({ of: `${trial}/${index}/${of}`, value, u });
  }
  return seen;
}

/** What was measured with each argument minus what the sound agent did at the same place, against what was programmed. */
export function sweepResult(
  name: string,
  sweep: Sweep,
  sound: Observed,
  broken: readonly { readonly arg: number; readonly observed: Observed }[],
): SweepResult {
  const pairs = broken.flatMap(({ arg, observed }) =>
    observed.flatMap(({ of, value, u }) => {
      const base = sound.find((one) => one.of === of);
      if (!base) return [];
      return [{ programmed: arg / sweep.per, measured: value - base.value, u: Math.hypot(u, base.u) }];
    }),
  );
  const points = pairs.map(({ programmed, measured }) => ({ programmed, measured }));
  const line = fitLine(points);
  const us = pairs.map(({ u }) => u).toSorted((a, b) => a - b);
  const u = us[Math.floor(us.length / 2)] ?? 0;
  return { fault: name, metric: sweep.metric, points, line, u, ok: line !== undefined && isOne(line, points, u) };
}

function isOne(line: Line, points: readonly Point[], u: number): boolean {
  const programmed = points.map((point) => point.programmed);
  const range = Math.max(...programmed) - Math.min(...programmed);
  return (line.low <= 1 && line.high >= 1) || Math.abs(line.slope - 1) * range <= u;
}

/** The words by which the fault is built in with `arg`, and what stands beside it on both sides. */
export const sweepWords = (name: string, sweep: Sweep, arg: number | undefined): readonly string[] => [
  ...(sweep.with ?? []),
  ...(arg === undefined ? [] : [`${name}=${arg}`]),
];
