import { soundAgent } from '../../agent/agent.ts';
import type { AgentParts } from '../../agent/agent.ts';
import { openEngines } from '../../agent/engines.ts';
import { simulatedBy } from '../../agent/simulated.ts';
import { UsageError } from '../model/errors.ts';
import { makeupText, type Makeup } from '../model/makeup.ts';
import { readSimulated } from '../model/simulated.ts';
import { entry, faults, manners } from './registry.ts';

/** The reference agent's engines, and its parts with the asked faults built in. */
export interface Reference {
  readonly parts: AgentParts;
  close(): Promise<void>;
}

/** Which reference agent is asked for. */
export interface AgentChoice {
  /** NAME or NAME=ARG of files in agent/faults; none: a sound one. */
  readonly faults: readonly string[];
  /** A file in agent/manners; absent: the usual ones. */
  readonly manners?: string | undefined;
  /** What it is made of; absent: the embedded engines. */
  readonly makeup?: Makeup | undefined;
}

/** The agent with other manners, by name. Throws UsageError for manners nobody wrote. */
async function manneredAgent(sound: AgentParts, name: string | undefined): Promise<AgentParts> {
  return name === undefined ? sound : { ...sound, manners: entry(await manners(), name, 'manners').manners };
}

/** The agent broken as asked: `broken` holds NAME or NAME=ARG. Throws UsageError for an unknown fault or a bad argument. */
export async function brokenAgent(sound: AgentParts, broken: readonly string[]): Promise<AgentParts> {
  const registry = await faults();
  return broken.reduce<AgentParts>((parts, word) => {
    const [name = '', ...rest] = word.split('=');
    return entry(registry, name, 'fault').apply(parts, rest.length > 0 ? rest.join('=') : undefined);
  }, sound);
}

/**
 * Opens what the reference agent hears and speaks with, and makes it the one that is asked for.
 * Throws UsageError for an unknown fault, or unknown manners.
 */
export async function openReference(
  asked: AgentChoice,
  earWorkers: number,
  memory?: string,
): Promise<Reference> {
  const engines = await openEngines(earWorkers, memory);
  try {
    const simulated = simulatedBy(readSimulated(asked.makeup?.simulate ?? []));
    const sound = { ...soundAgent(engines), simulated };
    const parts = await brokenAgent(await manneredAgent(sound, asked.manners), asked.faults);
    return { parts, close: () => engines.close() };
  } catch (error) {
    await engines.close();
    throw error;
  }
}

/** Refuses faults and manners on an agent that is not ours. */
export function forbidChoice(target: string, { faults: broken, manners: name, makeup = {} }: AgentChoice): void {
  if (makeupText(makeup) !== '') {
    throw new UsageError(
      `${makeupText(makeup)}: only the reference agent can be made of that, and the target is ${target}`,
    );
  }
  const [flag, does] = broken.length > 0 ? ['--fault', 'breaks'] : ['--manners', 'are those of'];
  if (broken.length === 0 && name === undefined) return;
  throw new UsageError(`${flag} ${does} the reference agent only, and the target is ${target}; leave ${flag} out`);
}
