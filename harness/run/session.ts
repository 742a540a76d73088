import { join } from 'node:path';
import { warmUp } from '../../agent/agent.ts';
import { speechRegions } from '../speech/vad.ts';
import { lines, metrics, entry } from './registry.ts';
import { realClock } from '../clock/real.ts';
import { UsageError } from '../model/errors.ts';
import type { Plan } from '../model/plan.ts';
import type { SuiteOffice, SuiteOtlp, SuiteSip, SuiteWebRtc } from '../model/suite.ts';
import { DESKS } from '../office/desks.ts';
import { prepareDesks } from '../office/desk-voice.ts';
import { openMinds } from './minds.ts';
import type { Minds } from './minds.ts';
import type { Progress } from './progress.ts';
import { openDetector } from './detector.ts';
import { forbidChoice, openReference } from './reference.ts';
import type { AgentChoice } from './reference.ts';
import type { Workshop } from './run.ts';
import type { Stage } from './stage.ts';
import { loopbackStage } from './stages/loopback.ts';
import { sipStage } from './stages/sip.ts';
import { openStudio } from './studio.ts';
import type { Studio } from './studio.ts';

/** What calls are placed over, to whom, and on which clock. */
export interface Venue extends AgentChoice {
  /** `reference`, or an address. */
  readonly target: string;
  readonly line: string;
  readonly time: 'real' | 'virtual';
  /** Threads that listen, for the agent and for the callers each. */
  readonly earWorkers: number;
  /** Hosts outside loopback and private ranges that may be called. */
  readonly allow: readonly string[];
  /** How a SIP target is reached; secrets in it are still names. */
  readonly sip?: SuiteSip | undefined;
  /** How a WebRTC target is reached; secrets in it are still names. */
  readonly webrtc?: SuiteWebRtc | undefined;
  /** Opened to an agent that is not ours. */
  readonly office?: SuiteOffice | undefined;
  /** Takes the spans of an agent that is not ours. */
  readonly otlp?: SuiteOtlp | undefined;
}

/** A workshop that can be closed. */
export interface OpenWorkshop extends Workshop {
  close(): Promise<void>;
}

/** Opens the stage of a venue; `memory` is a file of what was heard there before. */
export type StageOpener = (venue: Venue, studio: Studio, memory: string | undefined) => Promise<Stage>;

/** Opens everything the calls of `plans` need and renders all their audio, before the first phone rings. */
export async function openWorkshop(
  plans: readonly Plan[],
  venue: Venue,
  beside: string | undefined,
  cache: string,
  progress: Progress,
  stageFor: StageOpener = openStage,
): Promise<OpenWorkshop> {
  const studio = await openStudio(beside, join(cache, 'rendered'));
  let opening: Promise<Minds> | undefined;
  try {
    await renderAll(plans, studio, progress);
    progress.step('warming up the ears');
    opening = openMinds(plans, venue.earWorkers, memoryOf(venue, cache, 'callers'));
    const [minds, measures, stage] = await Promise.all([
      opening,
      metrics(beside),
      stageFor(venue, studio, memoryOf(venue, cache, 'agent')),
    ]);
    const detector = openDetector();
    return {
      studio,
      minds,
      stage,
      tools: { metrics: measures, regions: speechRegions, detector },
      close: async () => {
        await Promise.all([stage.close(), minds.close(), studio.close(), detector.close()]);
      },
    };
  } catch (error) {
    const minds = await opening?.catch(() => undefined);
    await Promise.all([studio.close(), minds?.close()]);
    throw error;
  }
}

async function renderAll(plans: readonly Plan[], studio: Studio, progress: Progress): Promise<void> {
  for (const [index, plan] of plans.entries()) {
    progress.step(`rendering the callers' audio: ${index + 1} of ${plans.length}`);
    await studio.render(plan);
  }
}

/** What is heard in virtual time is heard again to the sample the next time; live audio never is. */
const memoryOf = ({ time }: Venue, cache: string, whose: string): string | undefined =>
  time === 'virtual' ? join(cache, `heard-by-${whose}.json`) : undefined;

/** One more stage beside a workshop's own, for calls by the same callers to another agent. */
export const openAnotherStage = (venue: Venue, studio: Studio, cache: string): Promise<Stage> =>
  openStage(venue, studio, memoryOf(venue, cache, 'agent'));

async function openStage(venue: Venue, studio: Studio, memory: string | undefined): Promise<Stage> {
  const kind = entry(await lines(), venue.line, 'line');
  if (venue.time === 'virtual' && kind.time === 'real') {
    throw new UsageError(`the line ${venue.line} runs in real time only; use --line loopback, or leave --time out`);
  }
  if (venue.time === 'virtual' && venue.makeup?.whole !== undefined) {
    throw new UsageError(`--whole ${venue.makeup.whole} listens and speaks in real time only; leave --time out`);
  }
  if (venue.target !== 'reference') forbidChoice(venue.target, venue);
  const speech = await prepareDesks(await studio.voice('flite'), DESKS);
  if (venue.line === 'loopback') {
    if (venue.target !== 'reference') {
      throw new UsageError(`the loopback line reaches the reference agent only, not ${venue.target}; use --line sip`);
    }
    const reference = await openReference(venue, venue.earWorkers, memory);
    // Virtual time stands still while a phrase is made.
    if (venue.time === 'real') await warmUp(reference.parts, { clock: realClock() });
    return loopbackStage(venue.time, reference, speech);
  }
  return sipStage(kind, venue, speech);
}
