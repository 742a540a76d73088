import type { RunReport } from '../../reports/report.ts';
import type { Plan } from '../model/plan.ts';
import type { RunManifest } from '../model/run.ts';
import type { Suite } from '../model/suite.ts';
import { join } from 'node:path';
import { realClock } from '../clock/real.ts';
import { openHooks } from '../hooks/hooks.ts';
import { evidenceOf } from './evidence.ts';
import { judgeable } from './expectations.ts';
import { hooked } from './hooked.ts';
import { manifestOf } from './provenance.ts';
import { metrics } from './registry.ts';
import { openNamedEar } from './words.ts';
import { runCalls } from './run.ts';
import type { RunAsk } from './run.ts';
import type { AgentChoice } from './reference.ts';
import { aboutSpans } from './spans-told.ts';
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

/**
 * Opens everything, places the calls, judges the run, and closes everything, however it ends. Throws UsageError, before
 * anybody is called, for a gate that this target could not be judged by and for hooks that cannot be asked.
 */
export async function perform(asked: Performance): Promise<RunReport> {
  const { seed, venue, plans, out, progress } = asked;
  const evidence = evidenceOf(venue.target, asked.suite);
  const suite = judgeable(asked.suite, plans, await metrics(asked.beside), evidence, venue.target);
  const hooks = openHooks(suite, realClock(), process.env);
  const ear = await openNamedEar(suite.ear, asked.beside);
  const where = { ...venue, office: suite.office, otlp: suite.otlp };
  try {
    const workshop = await openWorkshop(plans, where, asked.beside, cacheFolder(out), progress, asked.openStage);
    try {
      const manifest = asked.resumed ?? manifestOf({ suite, plans, seed, ...chosen(venue) }, workshop.stage);
      const stage = hooked({ ...workshop.stage, evidence }, hooks, { run: manifest.id, allow: suite.allow });
      const tools = { ...workshop.tools, ...(ear ? { ear } : {}) };
      if (stage.office) progress.note(`the office takes requests at ${stage.office.url}`);
      if (stage.otlp) progress.note(`spans are taken at ${stage.otlp.url}`);
      const report = await runCalls({ ...asked, manifest }, { ...workshop, stage, tools });
      for (const sentence of stage.otlp ? aboutSpans(venue.target, stage.otlp.url, stage.otlp.tally()) : [])
        progress.note(sentence);
      if (stage.office?.asked() === 0) progress.note(unconnected(venue.target, stage.office.url));
      return report;
    } finally {
      await workshop.close();
    }
  } finally {
    await ear?.transcriber.close();
  }
}

const unconnected = (target: string, url: string): string =>
  `nobody asked anything at the office: is ${target} connected to ${url}?`;

const chosen = ({ faults, manners, makeup }: Venue): AgentChoice => ({ faults, manners, makeup });

/** At most how long the calls of `plans` may talk, in minutes. */
export const longestMinutes = (plans: readonly Plan[]): number =>
  Math.ceil(plans.reduce((sum, plan) => sum + plan.maxMs, 0) / 60_000);
