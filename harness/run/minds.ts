import type { Mind } from '../caller/mind.ts';
import { listenerGrammar, listenerMind } from '../caller/minds/listener.ts';
import { cueGrammar, cuedMind, isCued } from '../caller/minds/cued.ts';
import { scriptMind } from '../caller/minds/script.ts';
import { UsageError } from '../model/errors.ts';
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
    await learn(ear, listening);
  }
  return {
    of: (plan, clock) => {
      if (!ear || plan.mind !== 'listener') return scriptMind(plan);
      return isCued(plan) ? cuedMind(plan, ear, clock) : listenerMind(plan, ear, clock);
    },
    close: async () => ear?.close(),
  };
}

/** Compiles what listening callers wait for; on trouble the ear is closed. */
async function learn(ear: Ear, listening: readonly Plan[]): Promise<void> {
  try {
    await ear.prepare({ [listenerGrammar.name]: listenerGrammar.jsgf });
    for (const plan of listening.filter(isCued)) await learnCues(ear, plan);
  } catch (error) {
    await ear.close();
    throw error;
  }
}

/** The phrases a scenario's own lines wait for. Throws UsageError for a word no ear can know. */
async function learnCues(ear: Ear, plan: Plan): Promise<void> {
  const { name, jsgf } = cueGrammar(plan);
  try {
    await ear.prepare({ [name]: jsgf });
  } catch (error) {
    const word = /cannot pronounce (.*?);/.exec((error as Error).message)?.[1];
    if (word === undefined) throw error;
    throw new UsageError(
      `scenario "${plan.scenario}" waits for words of which the ear cannot pronounce ${word}; write them as they are spoken, digits as words, or choose another phrase`,
    );
  }
}
