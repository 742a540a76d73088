import { join } from 'node:path';
import type { AgentParts } from '../../agent/agent.ts';
import { soundAgent } from '../../agent/agent.ts';
import { openEngines } from '../../agent/engines.ts';
import type { Metric } from '../model/metric.ts';
import type { Plan } from '../model/plan.ts';
import { prepareDesks } from '../office/desk-voice.ts';
import { DESKS } from '../office/desks.ts';
import { speechRegions } from '../speech/vad.ts';
import { openMinds } from './minds.ts';
import { brokenAgent } from './reference.ts';
import { metrics } from './registry.ts';
import type { Registry } from './registry.ts';
import type { Workshop } from './run.ts';
import { loopbackStage } from './stages/loopback.ts';
import { openStudio } from './studio.ts';

/** Everything virtual calls to many agents are made with: one pair of ears, one voice, one agent a defect. */
export interface Shop {
  /** What is measured, by name. */
  readonly metrics: Registry<Metric>;
  /** The workshop with an agent broken as asked, NAME or NAME=ARG each; a sound one without. */
  withAgent(broken: readonly string[]): Promise<Workshop>;
  close(): Promise<void>;
}

/** Opens the engines once. `cache` is where rendered audio is kept. */
export async function openShop(plans: readonly Plan[], cache: string, earWorkers: number): Promise<Shop> {
  const studio = await openStudio(undefined, join(cache, 'rendered'));
  const [engines, minds, measures, desks] = await Promise.all([
    openEngines(earWorkers),
    openMinds(plans, earWorkers),
    metrics(),
    studio.voice('flite').then((voice) => prepareDesks(voice, DESKS)),
  ]);
  const sound: AgentParts = soundAgent(engines);
  return {
    metrics: measures,
    withAgent: async (broken) => {
      const parts = await brokenAgent(sound, broken);
      const stage = loopbackStage('virtual', { parts, close: () => Promise.resolve() }, desks);
      return { studio, minds, stage, tools: { metrics: measures, regions: speechRegions } };
    },
    close: async () => {
      await Promise.all([engines.close(), minds.close(), studio.close()]);
    },
  };
}
