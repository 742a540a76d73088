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

/** One of several runs that are made together: which calls, and what they are made with. */
export interface Lane extends Pick<RunAsk, 'manifest' | 'plans' | 'progress' | 'maxCalls'> {
  readonly workshop: Workshop;
}

/** What runs that are made together share. */
export type Together = Pick<RunAsk, 'out' | 'jobs' | 'maxMinutes' | 'signal'>;

/**
 * Places every call that is not yet in the run's folder, measures and keeps each as it ends, and judges the run.
 * A killed run loses only the calls in progress; calling this again with the same manifest goes on.
 */
export async function runCalls(ask: RunAsk, workshop: Workshop): Promise<RunReport> {
  const [report] = await runTogether(ask, [{ ...ask, workshop }]);
  if (!report) throw new Error('a run gave no report');
  return report;
}

/**
 * The same for several runs, their calls placed in turn: the first of each, then the second of each, so that the hour and
 * the load of the machine are the same for all. Reports come in the order of the lanes.
 */
export async function runTogether(shared: Together, lanes: readonly Lane[]): Promise<readonly RunReport[]> {
  for (const { manifest } of lanes) writeManifest(join(shared.out, manifest.id), manifest);
  const store = await openStore(join(shared.out, 'hangup.duckdb'), 'write');
  try {
    for (const { manifest } of lanes) await store.addRun(manifest);
    const runs = await Promise.all(lanes.map((lane) => openRun({ ...shared, ...lane }, lane.workshop, store)));
    await pool(inTurn(runs), shared.jobs, shared.signal, ({ run, plan }) => run.place(plan));
    const reports: RunReport[] = [];
    for (const run of runs) reports.push(await run.judge());
    return reports;
  } finally {
    await store.close();
  }
}

/** A run under way. */
interface OpenRun {
  readonly plans: readonly Plan[];
  /** Places a call, unless it was placed before or may not be any more. */
  place(plan: Plan): Promise<void>;
  /** Sums up and judges what was placed. */
  judge(): Promise<RunReport>;
}

async function openRun(ask: RunAsk, workshop: Workshop, store: Store): Promise<OpenRun> {
  const run = join(ask.out, ask.manifest.id);
  const { target, cost } = ask.manifest;
  const limits = { ...ask, planned: toAgent(ask.plans).length, target, spentMinutes: cost?.spentMinutes };
  const budget = openBudget(limits, realClock());
  const stored = await store.callsOf(ask.manifest.id);
  const placing: Placing = { ask, workshop, run, store, stored, budget };
  const results = new Map<string, ScoredCall>();
  let said = false;
  return {
    plans: ask.plans,
    async place(plan) {
      const stopped = existsSync(callFolder(run, plan.id)) ? undefined : budget.stopped();
      if (stopped !== undefined) {
        if (!said) ask.progress.note(`no further call is placed: ${stopped}`);
        said = true;
        return;
      }
      const scored = await placeOrRead(plan, placing);
      if (scored) results.set(plan.id, scored);
    },
    async judge() {
      const scored = ask.plans.map((plan) => results.get(plan.id) ?? notRun(plan, workshop.stage, budget.stopped()));
      const manifest = afterwards(ask.manifest, scored, budget);
      writeManifest(run, manifest);
      const report = makeReport(manifest, scored, workshop.tools.metrics, { run }, runBefore(run, manifest));
      await store.addRun(manifest);
      await store.addCalibration(manifest.id, report.calibration.rows);
      return report;
    },
  };
}

/** The calls of all runs: the first of each, the second of each, and so on; each round begins with another run. */
export function inTurn<Run extends { readonly plans: readonly Plan[] }>(
  runs: readonly Run[],
): readonly { readonly run: Run; readonly plan: Plan }[] {
  const rounds = Math.max(0, ...runs.map(({ plans }) => plans.length));
  return Array.from({ length: rounds }, (_, round) => {
    const first = round % runs.length;
    return [...runs.slice(first), ...runs.slice(0, first)].flatMap((run) => {
      const plan = run.plans[round];
      return plan ? [{ run, plan }] : [];
    });
  }).flat();
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

/** What a call of a run is placed with. */
interface Placing {
  readonly ask: RunAsk;
  readonly workshop: Workshop;
  readonly run: string;
  readonly store: Store;
  /** Calls that the store knows already. */
  readonly stored: ReadonlySet<string>;
  readonly budget: Budget;
}

/** The call as it was placed before, or as it is now; undefined when the run was stopped meanwhile. */
async function placeOrRead(plan: Plan, placing: Placing): Promise<ScoredCall | undefined> {
  const { ask, workshop, run, store, stored, budget } = placing;
  const kept = callFolder(run, plan.id);
  if (existsSync(kept)) {
    if (!stored.has(plan.id)) await addStored(store, ask.manifest.id, kept, workshop.tools);
    const before = readScored(kept);
    if (!plan.metronome) budget.spentBefore(before.talkedMs);
    return before;
  }
  const watch = realClock();
  const from = watch.now();
  ask.progress.began(plan);
  const measured = await placeValid(plan, ask, workshop, budget);
  if (ask.signal.aborted) return undefined;
  keep(run, measured);
  await store.addCall(ask.manifest.id, measured.scored, extraOf(measured));
  ask.progress.ended(plan, measured.scored, (watch.now() - from) / 1000);
  return measured.scored;
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
