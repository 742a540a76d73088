import type { Mind } from '../caller/mind.ts';
import { listenerGrammar, listenerMind } from '../caller/minds/listener.ts';
import { scriptMind } from '../caller/minds/script.ts';
import type { Plan } from '../model/plan.ts';
import type { Ear } from '../model/speech.ts';
import type { Clock } from '../model/time.ts';
import { ears, entry } from './registry.ts';

/** The ear that listening callers share. */
const EAR = 'soundswallower';

/** The callers' minds, and the one ear the listening ones share. */
export interface Minds {
  of(plan: Plan, clock: Clock): Mind;
  close(): Promise<void>;
}

/**
 * Opens the listening callers' ear with their grammar compiled; opens no ear when nobody listens. `memory` is a file of
 * what was heard before.
 */
export async function openMinds(plans: readonly Plan[], earWorkers: number, memory?: string): Promise<Minds> {
  const listening = plans.filter((plan) => plan.mind === 'listener');
  let ear: Ear | undefined;
  if (listening.length > 0) {
    ear = await entry(await ears(), EAR, 'ear').open(earWorkers, memory);
    await ear.prepare({ [listenerGrammar.name]: listenerGrammar.jsgf });
  }
  return {
    of: (plan, clock) => (ear && plan.mind === 'listener' ? listenerMind(plan, ear, clock) : scriptMind(plan)),
    close: async () => ear?.close(),
  };
}
