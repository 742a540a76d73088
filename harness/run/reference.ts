import { soundAgent } from '../../agent/agent.ts';
import type { AgentParts } from '../../agent/agent.ts';
import { embedded, openEngines } from '../../agent/engines.ts';
import type { EngineKinds } from '../../agent/engines.ts';
import { simulatedBy } from '../../agent/simulated.ts';
import { UsageError } from '../model/errors.ts';
import { engineName, makeupText } from '../model/makeup.ts';
import type { EngineName, Makeup } from '../model/makeup.ts';
import { readSimulated } from '../model/simulated.ts';
import { brains, ears, entry, faults, manners, voices, wholes } from './registry.ts';
import type { Registry } from './registry.ts';

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

/** The engine that was asked for by name, or the embedded one. Throws UsageError for a name nobody has. */
async function named<Kind>(
  asked: string | undefined,
  registry: Promise<Registry<Kind>>,
  noun: string,
): Promise<{ readonly kind: Kind; readonly name: EngineName } | undefined> {
  if (asked === undefined) return undefined;
  const name = engineName(asked);
  return { kind: entry(await registry, name.engine, noun), name };
}

/** What an agent is to be made of, the embedded engines where nothing was asked for. Throws UsageError for a name nobody has. */
export async function enginesFor({ ear, brain, voice, whole }: Makeup): Promise<EngineKinds> {
  const takesAll = await named(whole, wholes(), 'whole agent');
  return {
    ear: (await named(ear, ears(), 'ear')) ?? embedded.ear,
    brain: (await named(brain, brains(), 'brain')) ?? embedded.brain,
    voice: (await named(voice, voices(), 'voice engine')) ?? embedded.voice,
    ...(takesAll ? { whole: takesAll } : {}),
  };
}

/** A fault of the rules shows in nothing when they do not lead. */
function forbidRules(sound: AgentParts, broken: AgentParts, { makeup, faults: asked }: AgentChoice): void {
  const led = makeup?.whole ?? makeup?.brain;
  if (led === undefined || engineName(led).engine === 'rules') return;
  if (broken.brain === sound.brain && broken.policy === sound.policy) return;
  throw new UsageError(
    `--fault ${asked.join(' ')} changes the rules, and ${led} takes their place; leave one of them out`,
  );
}

/**
 * Opens what the reference agent hears, thinks and speaks with, and makes it the one that is asked for.
 * Throws UsageError for an unknown engine, fault or manners, and for an engine that is missing or cannot be used.
 */
export async function openReference(asked: AgentChoice, earWorkers: number, memory?: string): Promise<Reference> {
  const engines = await openEngines(earWorkers, memory, await enginesFor(asked.makeup ?? {}));
  try {
    const simulated = simulatedBy(readSimulated(asked.makeup?.simulate ?? []));
    const sound = await manneredAgent({ ...soundAgent(engines), simulated }, asked.manners);
    const parts = await brokenAgent(sound, asked.faults);
    forbidRules(sound, parts, asked);
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
