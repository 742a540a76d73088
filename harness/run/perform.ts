import type { RunReport } from '../../reports/report.ts';
import type { Plan } from '../model/plan.ts';
import type { RunManifest } from '../model/run.ts';
import type { Suite } from '../model/suite.ts';
import { join } from 'node:path';
import { manifestOf } from './provenance.ts';
import { runCalls } from './run.ts';
import type { RunAsk } from './run.ts';
import type { AgentChoice } from './reference.ts';
import { openWorkshop } from './session.ts';
import type { StageOpener, Venue } from './session.ts';

/** A run from nothing: what is called, where it takes place, where it is kept. */
export interface Performance extends Omit<RunAsk, 'manifest'> {
  readonly suite: Suite;
  readonly seed: number;
  readonly venue: Venue;
  /** The folder of a user's suite. */
  readonly beside: string | undefined;
  /** Where calls come from when it is not we who place them. */
  readonly openStage?: StageOpener;
  /** The manifest of a run that goes on. */
  readonly resumed?: RunManifest;
}

/** Rendered audio is kept beside the runs. */
const cacheFolder = (out: string): string => join(out, '.cache');

/** Opens everything, places the calls, judges the run, and closes everything, however it ends. */
export async function perform(asked: Performance): Promise<RunReport> {
  const { suite, seed, venue, plans, out, progress } = asked;
  const workshop = await openWorkshop(plans, venue, asked.beside, cacheFolder(out), progress, asked.openStage);
  try {
    const manifest = asked.resumed ?? manifestOf({ suite, plans, seed, ...chosen(venue) }, workshop.stage);
    return await runCalls({ ...asked, manifest }, workshop);
  } finally {
    await workshop.close();
  }
}

const chosen = ({ faults, manners }: Venue): AgentChoice => ({ faults, manners });

/** At most how long the calls of `plans` may talk, in minutes. */
export const longestMinutes = (plans: readonly Plan[]): number =>
  Math.ceil(plans.reduce((sum, plan) => sum + plan.maxMs, 0) / 60_000);
