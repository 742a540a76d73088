import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { UsageError } from '../model/errors.ts';
import type { Habit, Person, Place } from '../model/person.ts';
import type { Metric } from '../model/metric.ts';
import type { Attack, Scenario } from '../model/plan.ts';
import type { LineKind } from '../model/line.ts';
import type { EarKind, VoiceKind } from '../model/speech.ts';
import type { Fault } from '../../agent/fault.ts';
import type { NamedManners } from '../../agent/manners.ts';

/** The project's own root: the checkout, or `dist` of the installed package. */
export const projectRoot = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Things found in one folder, by file name: the folder is the registry. */
export type Registry<T> = ReadonlyMap<string, T>;

const SOURCE = extname(fileURLToPath(import.meta.url));

function filesOf(folder: string, endings: readonly string[]): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && endings.includes(extname(entry.name)) && !entry.name.endsWith('.d.ts'))
    .map((entry) => join(folder, entry.name))
    .sort();
}

async function read<T>(file: string): Promise<T> {
  let loaded: { default?: T };
  try {
    loaded = (await import(pathToFileURL(file).href)) as { default?: T };
  } catch (error) {
    throw new UsageError(`${file} cannot be loaded: ${(error as Error).message}; mend the file or move it away`);
  }
  if (loaded.default === undefined) throw new UsageError(`${file} has no default export; add one, or move it away`);
  return loaded.default;
}

/**
 * Every default export of the project's folder `name` and of the folder of the same last name beside a user's suite.
 * A user's file replaces ours of the same name.
 */
async function loadRegistry<T>(name: string, beside: string | undefined): Promise<Registry<T>> {
  const own = filesOf(join(projectRoot, name), [SOURCE]);
  const theirs = beside ? filesOf(join(beside, basename(name)), ['.ts', '.js', '.mjs']) : [];
  const found = new Map<string, T>();
  for (const file of [...own, ...theirs]) found.set(basename(file, extname(file)), await read<T>(file));
  return found;
}

/** Who can call. `beside` is the folder of the user's suite. */
export const people = (beside?: string): Promise<Registry<Person>> => loadRegistry('personas/people', beside);
/** Why they call. */
export const scenarios = (beside?: string): Promise<Registry<Scenario>> => loadRegistry('personas/scenarios', beside);
/** How they call. */
export const habits = (beside?: string): Promise<Registry<Habit>> => loadRegistry('personas/habits', beside);
/** What an adversary tries. */
export const attacks = (beside?: string): Promise<Registry<Attack>> => loadRegistry('personas/attacks', beside);
/** Where they call from. */
export const places = (beside?: string): Promise<Registry<Place>> => loadRegistry('personas/places', beside);
/** How a call is carried. */
export const lines = (): Promise<Registry<LineKind>> => loadRegistry('harness/lines', undefined);
/** What speaks. */
export const voices = (): Promise<Registry<VoiceKind>> => loadRegistry('harness/speech/voices', undefined);
/** What understands. */
export const ears = (beside?: string): Promise<Registry<EarKind>> => loadRegistry('harness/speech/ears', beside);
/** How the reference agent can be broken. */
export const faults = (): Promise<Registry<Fault>> => loadRegistry('agent/faults', undefined);

/** How patient it can be asked to be. */
export const manners = (): Promise<Registry<NamedManners>> => loadRegistry('agent/manners', undefined);

/** What is measured, by metric name (the file's, with underscores). */
export async function metrics(beside?: string): Promise<Registry<Metric>> {
  const found = await loadRegistry<Metric>('metrics/measures', beside);
  return new Map([...found].map(([name, metric]) => [name.replaceAll('-', '_'), metric]));
}

/** The entry called `name`, or one sentence that says what there is. */
export function entry<T>(registry: Registry<T>, name: string, noun: string): T {
  const found = registry.get(name);
  if (found !== undefined) return found;
  const known = [...registry.keys()].sort().join(', ');
  throw new UsageError(`there is no ${noun} called "${name}"; there are: ${known}`);
}
