import type { RunReport } from '../../reports/report.ts';
import type { Plan } from '../model/plan.ts';
import type { MatrixPlace, RunManifest } from '../model/run.ts';
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
import type { Progress } from './progress.ts';
import { runTogether, toAgent } from './run.ts';
import type { Lane, RunAsk } from './run.ts';
import { enginesFor } from './reference.ts';
import type { AgentChoice } from './reference.ts';
import { aboutSpans } from './spans-told.ts';
import type { Stage } from './stage.ts';
import { openAnotherStage, openWorkshop } from './session.ts';
import type { StageOpener, Venue } from './session.ts';

/** One run of several that are made together: which agent is called, and by which plans. */
export interface Part {
  readonly seed: number;
  readonly venue: Venue;
  readonly plans: readonly Plan[];
  /** Its place in a matrix. */
  readonly matrix?: MatrixPlace | undefined;
  /** The manifest of a run that goes on. */
  readonly resumed?: RunManifest;
}

/** Runs from nothing: whose suite it is, and where they are kept. */
export interface Programme extends Omit<RunAsk, 'manifest' | 'plans'> {
  readonly suite: Suite;
  /** The folder of a user's suite. */
  readonly beside: string | undefined;
  /** Where calls come from when it is not we who place them. */
  readonly openStage?: StageOpener;
}

/** A run from nothing: what is called, where it takes place, where it is kept. */
export interface Performance extends Programme, Part {}

/** Rendered audio is kept beside the runs. */
const cacheFolder = (out: string): string => join(out, '.cache');

/**
 * Opens everything, places the calls, judges the run, and closes everything, however it ends. Throws UsageError, before
 * anybody is called, for a gate that this target could not be judged by and for hooks that cannot be asked.
 */
export async function perform(asked: Performance): Promise<RunReport> {
  const [report] = await performTogether(asked, [asked]);
  if (!report) throw new Error('a run gave no report');
  return report;
}

/** The same for several runs to the same target, whose calls are placed in turn; reports in the order of the parts. */
export async function performTogether(asked: Programme, parts: readonly Part[]): Promise<readonly RunReport[]> {
  const { out, progress } = asked;
  const [first] = parts;
  if (!first) throw new Error('nothing was asked to be run');
  const { venue } = first;
  const plans = [...new Set(parts.flatMap((part) => part.plans))];
  const evidence = evidenceOf(venue.target, asked.suite);
  const suite = judgeable(asked.suite, plans, await metrics(asked.beside), evidence, venue.target);
  const hooks = openHooks(suite, realClock(), process.env);
  const ear = await openNamedEar(suite.ear, asked.beside);
  const where = { ...venue, office: suite.office, otlp: suite.otlp };
  try {
    // A name nobody has, in any arm, is said before the audio of all of them is made.
    for (const part of parts) await enginesFor(part.venue.makeup ?? {});
    const shared = await openWorkshop(plans, where, asked.beside, cacheFolder(out), progress, asked.openStage);
    const stages = [shared.stage];
    try {
      for (const part of parts.slice(1)) {
        const there = { ...where, ...chosen(part.venue) };
        stages.push(await openAnotherStage(there, shared.studio, cacheFolder(out)));
      }
      const tools = { ...shared.tools, ...(ear ? { ear } : {}) };
      const lanes = parts.map((part, index): Lane => {
        const bare = stages[index] ?? shared.stage;
        const manifest = part.resumed ?? manifestOf({ suite, ...part, ...chosen(part.venue) }, bare);
        const stage = hooked({ ...bare, evidence }, hooks, { run: manifest.id, allow: suite.allow });
        return { ...laneOf(asked, part, parts, manifest), workshop: { ...shared, stage, tools } };
      });
      return await placedAndTold(asked, lanes, shared.stage);
    } finally {
      await Promise.all([shared.close(), ...stages.slice(1).map((stage) => stage.close())]);
    }
  } finally {
    await ear?.transcriber.close();
  }
}

const laneOf = (
  { progress, maxCalls }: Programme,
  { plans }: Part,
  parts: readonly Part[],
  manifest: RunManifest,
): Omit<Lane, 'workshop'> => ({
  manifest,
  plans,
  progress: labelled(progress, manifest.matrix),
  maxCalls: shareOf(maxCalls, plans, parts),
});

/** Places the calls, and says what a user should know of how his agent was reached. */
async function placedAndTold(
  asked: Programme,
  lanes: readonly Lane[],
  { office, otlp, target }: Stage,
): Promise<readonly RunReport[]> {
  const { progress } = asked;
  if (office) progress.note(`the office takes requests at ${office.url}`);
  if (otlp) progress.note(`spans are taken at ${otlp.url}`);
  const reports = await runTogether(asked, lanes);
  for (const sentence of otlp ? aboutSpans(target, otlp.url, otlp.tally()) : []) progress.note(sentence);
  if (office?.asked() === 0) progress.note(unconnected(target, office.url));
  return reports;
}

/** Says of which arm a call is. */
const labelled = (progress: Progress, matrix: MatrixPlace | undefined): Progress =>
  matrix === undefined
    ? progress
    : {
        ...progress,
        began: (plan) => progress.began(inArm(plan, matrix)),
        ended: (plan, scored, seconds) => progress.ended(inArm(plan, matrix), scored, seconds),
      };

const inArm = (plan: Plan, { arm }: MatrixPlace): Plan => ({ ...plan, id: `${arm}: ${plan.id}` });

/** Of the calls that may be placed, those planned, and its share of what is left for placing some once more. */
function shareOf(maxCalls: number | undefined, own: readonly Plan[], parts: readonly Part[]): number | undefined {
  if (maxCalls === undefined) return undefined;
  const planned = parts.reduce((sum, { plans }) => sum + toAgent(plans).length, 0);
  return toAgent(own).length + Math.floor((maxCalls - planned) / parts.length);
}

const unconnected = (target: string, url: string): string =>
  `nobody asked anything at the office: is ${target} connected to ${url}?`;

const chosen = ({ faults, manners, makeup }: Venue): AgentChoice => ({ faults, manners, makeup });

/** At most how long the calls of `plans` may talk, in minutes. */
export const longestMinutes = (plans: readonly Plan[]): number =>
  Math.ceil(plans.reduce((sum, plan) => sum + plan.maxMs, 0) / 60_000);
