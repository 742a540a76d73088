import { join } from 'node:path';
import { accuracyClaims } from '../../metrics/gate/accuracy-claims.ts';
import type { AccuracyClaim } from '../../metrics/gate/accuracy-claims.ts';
import { calibration } from '../../metrics/gate/calibrate.ts';
import type { Calibration } from '../../metrics/gate/calibrate.ts';
import { INVALID_SHARE } from '../../metrics/gate/verdict.ts';
import { openStore } from '../../metrics/store/store.ts';
import { UsageError } from '../model/errors.ts';
import type { ScoredCall } from '../model/metric.ts';
import type { Plan } from '../model/plan.ts';
import type { RunManifest } from '../model/run.ts';
import { defineSuite } from '../model/suite.ts';
import { cellsOf, plansOfCell } from './calibrate-cells.ts';
import type { Progress } from './progress.ts';
import { manifestOf } from './provenance.ts';
import { runCalls } from './run.ts';
import { openWorkshop } from './session.ts';
import type { Venue } from './session.ts';

/** How much is to be measured, and where it is kept. */
export interface CalibrateAsk {
  /** Only cells whose name contains this. */
  readonly only: string | undefined;
  /** Replies a cell, at least. */
  readonly events: number;
  readonly seed: number;
  /** Calls at a time on SIP. */
  readonly jobs: number;
  readonly out: string;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/** What is known of the instrument afterwards. */
export interface Calibrated {
  readonly run: string;
  readonly manifest: RunManifest;
  /** `invalid`: too many of our own calls were spoilt, or nothing was measured. */
  readonly verdict: 'pass' | 'fail' | 'invalid';
  readonly calls: readonly ScoredCall[];
  readonly calibration: Calibration;
  readonly claims: readonly AccuracyClaim[];
}

/** Virtual time uses one thread: more calls at once only take memory. */
const LOOPBACK_JOBS = 2;

/** Calls the metronome in every cell of the accuracy table, and compares what was measured with what was programmed. */
export async function calibrate(ask: CalibrateAsk): Promise<Calibrated> {
  const cells = cellsOf(ask.only);
  if (cells.length === 0) throw new UsageError(`no cell is called "${ask.only}"; leave --only out to see all of them`);
  const planned = cells.map((cell) => ({ cell, plans: plansOfCell(cell, ask.seed, ask.events) }));
  const all = planned.flatMap(({ plans }) => plans);
  const suite = defineSuite({
    name: 'calibrate',
    target: 'reference',
    line: 'sip',
    seed: ask.seed,
    calls: [],
    metronome: all.length,
    jobs: ask.jobs,
    gates: [],
    allow: [],
  });
  const stage = { line: 'sip, loopback', time: 'real', target: 'reference' } as const;
  const manifest = manifestOf({ suite, plans: all, seed: ask.seed, faults: [] }, stage);
  ask.progress.note(`${cells.length} cells, ${all.length} calls, ${ask.jobs} at a time`);
  const calls: ScoredCall[] = [];
  for (const line of ['sip', 'loopback'] as const) {
    const plans = planned.filter(({ cell }) => cell.line === line).flatMap((cell) => cell.plans);
    if (plans.length > 0) calls.push(...(await placed(line, plans, manifest, ask)));
  }
  return judged(calls, manifest, ask.out);
}

/** The same calls to the metronome over each of `lines`: what every line adds, by its rows. */
export async function compareLines(lines: readonly string[], ask: CalibrateAsk): Promise<Calibrated> {
  const [base] = cellsOf('base');
  if (!base) throw new Error('the cell that every factor departs from is gone');
  const plansOver = (line: string): readonly Plan[] => plansOfCell({ ...base, name: line }, ask.seed, ask.events);
  const all = lines.flatMap(plansOver);
  const suite = defineSuite({
    name: 'lines',
    target: 'reference',
    line: 'sip',
    seed: ask.seed,
    calls: [],
    metronome: all.length,
    jobs: ask.jobs,
    gates: [],
    allow: [],
  });
  const stage = { line: lines.join(', '), time: 'real', target: 'reference' } as const;
  const manifest = manifestOf({ suite, plans: all, seed: ask.seed, faults: [] }, stage);
  const calls: ScoredCall[] = [];
  for (const line of lines) calls.push(...(await placed(line, plansOver(line), manifest, ask)));
  return judged(calls, manifest, ask.out);
}

async function placed(
  line: string,
  plans: readonly Plan[],
  manifest: RunManifest,
  ask: CalibrateAsk,
): Promise<readonly ScoredCall[]> {
  const time = line === 'loopback' ? 'virtual' : 'real';
  const venue: Venue = { target: 'reference', line, time, faults: [], earWorkers: 1, allow: [] };
  const workshop = await openWorkshop(plans, venue, undefined, join(ask.out, '.cache'), ask.progress);
  try {
    const jobs = line === 'loopback' ? LOOPBACK_JOBS : ask.jobs;
    const { out, signal, progress } = ask;
    const report = await runCalls({ manifest, plans, out, jobs, maxMinutes: undefined, signal, progress }, workshop);
    return report.calls;
  } finally {
    await workshop.close();
  }
}

async function judged(calls: readonly ScoredCall[], manifest: RunManifest, out: string): Promise<Calibrated> {
  const measured = calibration(calls);
  const claims = accuracyClaims(measured);
  const store = await openStore(join(out, 'hangup.duckdb'), 'write');
  try {
    await store.addCalibration(manifest.id, measured.rows, measured.tables);
  } finally {
    await store.close();
  }
  const sound = calls.filter(({ outcome }) => outcome === 'passed' || outcome === 'failed').length;
  const trusted = sound > 0 && calls.length - sound <= calls.length * INVALID_SHARE;
  const verdict = trusted ? (claims.every(({ held }) => held) ? 'pass' : 'fail') : 'invalid';
  return { run: join(out, manifest.id), manifest, verdict, calls, calibration: measured, claims };
}
