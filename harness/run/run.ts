import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openStore } from '../../metrics/store/store.ts';
import type { Store } from '../../metrics/store/store.ts';
import { placeCall } from '../call/call.ts';
import { realClock } from '../clock/real.ts';
import { wallTime } from '../clock/wall.ts';
import { makeReport } from '../../reports/report.ts';
import type { RunReport } from '../../reports/report.ts';
import { UsageError } from '../model/errors.ts';
import type { ScoredCall } from '../model/metric.ts';
import type { Plan } from '../model/plan.ts';
import type { CallHead, CallRecord } from '../model/record.ts';
import type { RunManifest } from '../model/run.ts';
import { runBefore } from './before.ts';
import { openBudget } from './budget.ts';
import type { Budget } from './budget.ts';
import { callFolder, readScored, talkOf, writeCall, writeManifest } from './journal.ts';
import { measure } from './measure.ts';
import type { Instruments, Measured } from './measure.ts';
import type { Minds } from './minds.ts';
import { pool } from './pool.ts';
import { addStored } from './rebuilt.ts';
import { programmedOf, unblinded } from './programmed.ts';
import type { Progress } from './progress.ts';
import { extraOf } from './store.ts';
import type { Stage } from './stage.ts';
import type { Studio } from './studio.ts';

/** Everything a run is made with, open and warm. */
export interface Workshop {
  readonly studio: Studio;
  readonly minds: Minds;
  readonly stage: Stage;
  readonly tools: Instruments;
}

/** Which calls, where they are kept, and how many at once. */
export interface RunAsk {
  readonly manifest: RunManifest;
  readonly plans: readonly Plan[];
  /** The folder of all runs; the run is `out/<id>`. */
  readonly out: string;
  readonly jobs: number;
  /** No further call begins after so many minutes; undefined: no limit. */
  readonly maxMinutes: number | undefined;
  /** Calls placed in all, those placed once more among them; undefined: no limit. */
  readonly maxCalls?: number | undefined;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/**
 * Places every call that is not yet in the run's folder, measures and keeps each as it ends, and judges the run.
 * A killed run loses only the calls in progress; calling this again with the same manifest goes on.
 */
export async function runCalls(ask: RunAsk, workshop: Workshop): Promise<RunReport> {
  const run = join(ask.out, ask.manifest.id);
  writeManifest(run, ask.manifest);
  const store = await openStore(join(ask.out, 'hangup.duckdb'), 'write');
  try {
    await store.addRun(ask.manifest);
    const { target, cost } = ask.manifest;
    const limits = { ...ask, planned: toAgent(ask.plans).length, target, spentMinutes: cost?.spentMinutes };
    const budget = openBudget(limits, realClock());
    const scored = await placeAll(ask, workshop, run, store, budget);
    const manifest = afterwards(ask.manifest, scored, budget);
    writeManifest(run, manifest);
    const report = makeReport(manifest, scored, workshop.tools.metrics, { run }, runBefore(run, manifest));
    await store.addRun(manifest);
    await store.addCalibration(manifest.id, report.calibration.rows);
    return report;
  } finally {
    await store.close();
  }
}

/** What is known of a run when it ends: whether it is whole, why it is not, and what it cost. */
function afterwards(
  { stopped: _before, ...manifest }: RunManifest,
  scored: readonly ScoredCall[],
  budget: Budget,
): RunManifest {
  const done = scored.every(({ outcome }) => outcome !== 'not-run');
  const stopped = budget.stopped();
  return {
    ...manifest,
    ...(manifest.cost ? { cost: { ...manifest.cost, spentMinutes: budget.minutes() } } : {}),
    ...(!done && stopped !== undefined ? { stopped } : {}),
    ...(done ? { finishedAt: wallTime() } : {}),
  };
}

async function placeAll(
  ask: RunAsk,
  workshop: Workshop,
  run: string,
  store: Store,
  budget: Budget,
): Promise<readonly ScoredCall[]> {
  const watch = realClock();
  let said = false;
  const stored = await store.callsOf(ask.manifest.id);
  const results = await pool(ask.plans, ask.jobs, ask.signal, async (plan) => {
    const kept = callFolder(run, plan.id);
    if (existsSync(kept)) {
      if (!stored.has(plan.id)) await addStored(store, ask.manifest.id, kept, workshop.tools);
      const before = readScored(kept);
      if (!plan.metronome) budget.spentBefore(before.talkedMs);
      return before;
    }
    const stopped = budget.stopped();
    if (stopped !== undefined) {
      if (!said) ask.progress.note(`no further call is placed: ${stopped}`);
      said = true;
      return undefined;
    }
    ask.progress.began(plan);
    const from = watch.now();
    const measured = await placeValid(plan, ask, workshop, budget);
    if (ask.signal.aborted) return undefined;
    keep(run, measured);
    await store.addCall(ask.manifest.id, measured.scored, extraOf(measured));
    ask.progress.ended(plan, measured.scored, (watch.now() - from) / 1000);
    return measured.scored;
  });
  return ask.plans.map((plan, index) => results[index] ?? notRun(plan, workshop.stage, budget.stopped()));
}

const keep = (run: string, { record, activity, scored }: Measured): string => writeCall(run, record, activity, scored);

/** A call our own fault spoilt is placed once more; a failed one never is. */
async function placeValid(plan: Plan, ask: RunAsk, workshop: Workshop, budget: Budget): Promise<Measured> {
  const place = async (): Promise<Measured> => {
    const measured = await placeOne(plan, ask.signal, workshop, ask.manifest.id);
    if (!plan.metronome) budget.spent(measured.record);
    return measured;
  };
  const first = await place();
  if (workshop.stage.comesIn) return first;
  if (first.scored.outcome !== 'invalid' || ask.signal.aborted || !spoiltByChance(first.record)) return first;
  if (budget.stopped() !== undefined || !(plan.metronome || budget.onceMore())) return first;
  ask.progress.note(`  ! ${plan.id}: ${first.scored.reasons.join('; ')}; placed once more`);
  return place();
}

/** Nobody at the address, or a hook that does not do its part, is not a matter of chance. */
const spoiltByChance = (record: CallRecord): boolean =>
  !record.events.some((event) => event.kind === 'fault' && ['unreachable', 'hook-failed'].includes(event.reason));

/** A call goes by its plan's id: within a run there is one call a plan. */
const headOf = (plan: Plan, stage: Stage): CallHead => ({
  id: plan.id,
  plan: plan.id,
  line: stage.line,
  timing: stage.timing,
  time: stage.time,
  target: stage.target,
  evidence: stage.evidence,
});

/** Places one call, of `run` when it is part of one, and measures it; keeps nothing. */
export async function placeOne(
  plan: Plan,
  signal: AbortSignal,
  { studio, minds, stage, tools }: Workshop,
  run?: string,
): Promise<Measured> {
  const rendered = await studio.render(plan);
  const programmed = await programmedOf(plan, studio);
  const world = await stage.enter(plan, plan.id);
  try {
    const record = await world.play(
      placeCall(plan, rendered, {
        head: headOf(plan, stage),
        target: world.target,
        transport: world.transport,
        clock: world.clock,
        mind: minds.of(plan, world.clock),
        desks: world.desks,
        office: world.officeEvents,
        run,
        signal,
        ...(programmed ? { programme: programmed.programme } : {}),
      }),
    );
    return withTalk(unblinded(await measure(stage.otlp ? asTold(record) : record, tools), programmed));
  } finally {
    await world.leave();
  }
}

/** Claims that were hoped for and did not come are not seen, and no pass. */
function asTold(record: CallRecord): CallRecord {
  const { head, events } = record;
  if (events.some(({ source }) => source === 'claim')) return record;
  return { ...record, head: { ...head, evidence: head.evidence.filter((kind) => kind !== 'claims') } };
}

function withTalk(measured: Measured): Measured {
  const talkedMs = talkOf(measured.record.events);
  return talkedMs === undefined ? measured : { ...measured, scored: { ...measured.scored, talkedMs } };
}

function notRun(plan: Plan, stage: Stage, stopped: string | undefined): ScoredCall {
  return {
    head: headOf(plan, stage),
    plan,
    outcome: 'not-run',
    reasons: [stopped ?? 'the run ended before it was placed'],
    scores: [],
    notSeen: {},
  };
}

/** The calls that go to the agent: those to our own metronome cost nobody anything, and no limit counts them. */
export const toAgent = (plans: readonly Plan[]): readonly Plan[] => plans.filter(({ metronome }) => !metronome);

/** Refuses a run larger than the user allowed. */
export function withinLimit(plans: readonly Plan[], maxCalls: number | undefined): void {
  if (plans.length === 0) throw new UsageError('no call is left to place; widen --only');
  const planned = toAgent(plans).length;
  if (maxCalls === undefined || planned <= maxCalls) return;
  throw new UsageError(`the suite plans ${planned} calls and --max-calls allows ${maxCalls}; raise it or use --only`);
}
