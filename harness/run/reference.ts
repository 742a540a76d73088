import { soundAgent, warmUp } from '../../agent/agent.ts';
import type { AgentParts } from '../../agent/agent.ts';
import { openEngines } from '../../agent/engines.ts';
import { UsageError } from '../model/errors.ts';
import type { Clock } from '../model/time.ts';
import { entry, faults } from './registry.ts';

/** The reference agent's engines, warm, and its parts with the asked faults built in. */
export interface Reference {
  readonly parts: AgentParts;
  close(): Promise<void>;
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
 * Opens what the reference agent hears and speaks with, and breaks it as asked: `broken` holds NAME or NAME=ARG.
 * Throws UsageError for an unknown fault.
 */
export async function openReference(
  broken: readonly string[],
  earWorkers: number,
  clock: Clock,
  memory?: string,
): Promise<Reference> {
  const engines = await openEngines(earWorkers, memory);
  try {
    const parts = await brokenAgent(soundAgent(engines), broken);
    await warmUp(parts, { clock });
    return { parts, close: () => engines.close() };
  } catch (error) {
    await engines.close();
    throw error;
  }
}

/** Refuses faults on an agent that is not ours. */
export function forbidFaults(target: string, broken: readonly string[]): void {
  if (broken.length === 0) return;
  throw new UsageError(`--fault breaks the reference agent only, and the target is ${target}; leave --fault out`);
}
