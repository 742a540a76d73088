import type { Fault, Showing } from '../../agent/fault.ts';
import type { CallInstant } from '../../metrics/store/store.ts';
import type { Bound, ScoredCall } from '../model/metric.ts';
import type { Plan } from '../model/plan.ts';
import type { Measured } from './measure.ts';
import type { Planner } from './plans.ts';
import type { Workshop } from './run.ts';
import { placeOne } from './run.ts';
import { readCalls, valid } from './selftest-judge.ts';
import type { Reading } from './selftest-judge.ts';
import { keepShown } from './selftest-kept.ts';

/** A trial of a broken agent, or one call of the sound one. */
export interface Trial extends Reading {
  /** The fault's name, or '' for the sound agent. */
  readonly fault: string;
  readonly trial: number;
  /** Drawings it took until the calls were valid and the metrics that must turn red had something to say. */
  readonly drawn: number;
  readonly calls: readonly Pick<ScoredCall, 'outcome' | 'reasons'>[];
  /** By metric that turned red, the kept call that shows it. Absent where none were kept. */
  readonly shown?: Readonly<Record<string, CallInstant>>;
}

/** Draws of one trial at most: chance may leave out just what was to be seen, e.g. turn every stimulus into a sham. */
export const DRAWS = 3;

/** The plan of one call of a trial; later draws have other seeds. */
export function planOf(
  planner: Planner,
  { turns, desks, ...call }: Showing,
  seed: number,
  trial: number,
  draw = 0,
): Plan {
  const plan = planner(call, seed + draw, trial);
  const whole = desks === undefined ? plan : { ...plan, desks };
  return turns === undefined ? whole : shortened(whole, turns);
}

/** The plan with the first `turns` lines of its agenda and the goodbye. Nothing comes of such a call, and nothing must. */
function shortened(plan: Plan, turns: number): Plan {
  const agenda = plan.lines.filter((line) => line.onAgenda && line.topic !== 'goodbye');
  const dropped = new Set(agenda.slice(turns).map(({ id }) => id));
  const { commit: _commit, ...expect } = plan.expect;
  return {
    ...plan,
    lines: plan.lines.filter(({ id }) => !dropped.has(id)),
    stimuli: plan.stimuli.filter(({ trigger }) => !dropped.has(trigger.line)),
    expect: { ...expect, handoff: { truth: 'may', facts: [] } },
  };
}

/** What the trials of one self-test have in common. */
export interface Lab {
  readonly planner: Planner;
  readonly seed: number;
  readonly bounds: readonly Bound[];
  readonly signal: AbortSignal;
  /** The folder in which calls that show a fault are kept. */
  readonly kept: string;
}

/** A trial, and the calls it ended with. */
interface Attempt {
  readonly found: Omit<Trial, 'fault' | 'shown'>;
  readonly placed: readonly Measured[];
}

/** Places `showings` on the workshop's agent until they can be judged, and judges them. */
async function attempt(
  lab: Lab,
  workshop: Workshop,
  showings: readonly Showing[],
  trial: number,
  enough: (reading: Reading) => boolean,
): Promise<Attempt> {
  for (let draw = 0; ; draw++) {
    const placed: Measured[] = [];
    for (const showing of showings) {
      const plan = planOf(lab.planner, showing, lab.seed, trial, draw);
      placed.push(await placeOne(plan, lab.signal, workshop));
    }
    const scored = placed.map((one) => one.scored);
    const reading = readCalls(scored, workshop.tools.metrics, lab.bounds);
    if (draw + 1 < DRAWS && !lab.signal.aborted && !(scored.every(valid) && enough(reading))) continue;
    const calls = scored.map(({ outcome, reasons }) => ({ outcome, reasons }));
    return { found: { trial, drawn: draw + 1, calls, ...reading }, placed };
  }
}

/** One trial of a broken agent on the calls that can show its fault; the first one's calls are kept, as far as they show it. */
export async function tryFault(
  lab: Lab,
  workshop: Workshop,
  name: string,
  fault: Fault,
  trial: number,
): Promise<Trial> {
  const known = fault.breaks.filter((metric) => workshop.tools.metrics.has(metric));
  const seen = (reading: Reading): boolean => known.every((metric) => reading.observed.includes(metric));
  const { found, placed } = await attempt(lab, workshop, fault.shows, trial, seen);
  if (trial > 0 || lab.signal.aborted) return { fault: name, ...found };
  const shown = keepShown(lab.kept, name, placed, Object.keys(found.red), workshop.tools.metrics);
  return { fault: name, ...found, shown };
}

/** One call of the sound agent. */
export async function trySound(lab: Lab, workshop: Workshop, showing: Showing, trial: number): Promise<Trial> {
  return { fault: '', ...(await attempt(lab, workshop, [showing], trial, () => true)).found };
}
