import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UsageError } from '../model/errors.ts';
import type { Habit, Person, Place } from '../model/person.ts';
import type { Metric } from '../model/metric.ts';
import type { Attack, Scenario } from '../model/plan.ts';
import type { LineKind } from '../model/line.ts';
import type { EarKind, VoiceKind } from '../model/speech.ts';
import type { Fault } from '../../agent/fault.ts';
import type { BrainKind, WholeKind } from '../../agent/kinds.ts';
import type { NamedManners } from '../../agent/manners.ts';
import { sentenceOf } from './own/complaint.ts';
import type { Complaint } from './own/complaint.ts';
import { metricComplaint, placeComplaint, voiceComplaint } from './own/code-contract.ts';
import { attackComplaint, habitComplaint } from './own/draft-contract.ts';
import { personComplaint } from './own/person-contract.ts';
import { scenarioComplaint } from './own/scenario-contract.ts';
import type { Known } from './own/contract.ts';
import { checkedBy, readWritten } from './own/document.ts';
import type { WrittenFile } from './own/document.ts';
import { importOwn } from './own/import.ts';
import { personFile, toPerson } from './own/person-file.ts';
import { scenarioFile, toScenario } from './own/scenario-file.ts';

/** The project's own root: the checkout, or `dist` of the installed package. */
export const projectRoot = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Things found in one folder, by file name: the folder is the registry. */
export type Registry<T> = ReadonlyMap<string, T>;

const SOURCE = extname(fileURLToPath(import.meta.url));

/** How the files of one folder are read and held to their contract. */
interface Role<T> {
  /** The project's folder; the user's has its last name. */
  readonly folder: string;
  /** Reads a YAML file; left out where only code can say it. */
  readonly written?: (file: WrittenFile) => T;
  /** What is wrong with a user's file. Ours are held to it by tests. */
  readonly complaint?: (value: T, beside: string) => Promise<Complaint | undefined> | Complaint | undefined;
}

function filesOf(folder: string, endings: readonly string[]): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && endings.includes(extname(entry.name)) && !entry.name.endsWith('.d.ts'))
    .map((entry) => join(folder, entry.name))
    .sort();
}

async function imported<T>(file: string): Promise<T> {
  let loaded: { default?: T };
  try {
    loaded = (await importOwn(file)) as { default?: T };
  } catch (error) {
    throw new UsageError(`${file} cannot be loaded: ${(error as Error).message}; mend the file or move it away`);
  }
  if (loaded.default === undefined) throw new UsageError(`${file} has no default export; add one, or move it away`);
  return loaded.default;
}

const CODE = ['.ts', '.js', '.mjs'];
const WRITTEN = ['.yaml', '.yml'];

/** A user's file, held to its contract. Throws UsageError that names it, and where in it. */
async function readOwn<T>(file: string, beside: string, { written, complaint }: Role<T>): Promise<T> {
  const yaml = WRITTEN.includes(extname(file)) ? readWritten(file) : undefined;
  const value = yaml && written ? written(yaml) : await imported<T>(file);
  const found = await complaint?.(value, beside);
  if (!found) return value;
  throw yaml?.refuse(found) ?? new UsageError(`${file}: ${sentenceOf(found)}`);
}

/**
 * Every default export of the project's folder and of the folder of the same last name beside a user's suite.
 * A user's file replaces ours of the same name.
 */
async function loadRegistry<T>(role: Role<T>, beside?: string): Promise<Registry<T>> {
  const found = new Map<string, T>();
  for (const file of filesOf(join(projectRoot, role.folder), [SOURCE]))
    found.set(nameOf(file), await imported<T>(file));
  if (beside === undefined) return found;
  const theirs = filesOf(join(beside, basename(role.folder)), role.written ? [...CODE, ...WRITTEN] : CODE);
  const names = theirs.map(nameOf);
  for (const file of theirs) {
    const twin = theirs[names.indexOf(nameOf(file))];
    if (twin !== file) throw new UsageError(`${twin} and ${file} have one name; rename one of them`);
    found.set(nameOf(file), await readOwn(file, beside, role));
  }
  return found;
}

const nameOf = (file: string): string => basename(file, extname(file));

/** The names a user's people, habits and attacks may refer to. */
async function known(beside: string): Promise<Known> {
  const kinds = await voices(beside);
  const speakers = await Promise.all(
    [...kinds].map(async ([name, kind]) => [name, await kind.voices(beside)] as const),
  );
  return {
    habits: [...(await habits(beside)).keys()],
    places: [...(await places(beside)).keys()],
    metrics: await metricNames(beside),
    voices: new Map(speakers),
  };
}

const metricNames = async (beside: string): Promise<readonly string[]> => [...(await metrics(beside)).keys()];
const boundable = async (beside: string): Promise<Known> => ({
  habits: [],
  places: [],
  voices: new Map(),
  metrics: await metricNames(beside),
});

/** Loads the first time only: a folder's files are held to the same names. */
function once(load: (beside: string) => Promise<Known>): (beside: string) => Promise<Known> {
  let names: Promise<Known> | undefined;
  return (beside) => (names ??= load(beside));
}

/** Who can call. `beside` is the folder of the user's suite. */
export function people(beside?: string): Promise<Registry<Person>> {
  const names = once(known);
  return loadRegistry(
    {
      folder: 'personas/people',
      written: (file) => toPerson(checkedBy(personFile, file)),
      complaint: async (person, where) => personComplaint(person, await names(where)),
    },
    beside,
  );
}

/** Why they call. */
export const scenarios = (beside?: string): Promise<Registry<Scenario>> =>
  loadRegistry(
    {
      folder: 'personas/scenarios',
      written: (file) => toScenario(checkedBy(scenarioFile, file)),
      complaint: scenarioComplaint,
    },
    beside,
  );

/** How they call. */
export function habits(beside?: string): Promise<Registry<Habit>> {
  const names = once(boundable);
  return loadRegistry(
    { folder: 'personas/habits', complaint: async (habit, where) => habitComplaint(habit, await names(where)) },
    beside,
  );
}

/** What an adversary tries. */
export function attacks(beside?: string): Promise<Registry<Attack>> {
  const names = once(boundable);
  return loadRegistry(
    { folder: 'personas/attacks', complaint: async (attack, where) => attackComplaint(attack, await names(where)) },
    beside,
  );
}

/** Where they call from. */
export const places = (beside?: string): Promise<Registry<Place>> =>
  loadRegistry({ folder: 'personas/places', complaint: placeComplaint }, beside);
/** How a call is carried. */
export const lines = (): Promise<Registry<LineKind>> => loadRegistry({ folder: 'harness/lines' });
/** What speaks. */
export const voices = (beside?: string): Promise<Registry<VoiceKind>> =>
  loadRegistry({ folder: 'harness/speech/voices', complaint: voiceComplaint }, beside);
/** What understands. */
export const ears = (beside?: string): Promise<Registry<EarKind>> =>
  loadRegistry({ folder: 'harness/speech/ears' }, beside);
/** What thinks of replies. */
export const brains = (): Promise<Registry<BrainKind>> => loadRegistry({ folder: 'agent/brains' });
/** What takes the place of ear, brain and voice together. */
export const wholes = (): Promise<Registry<WholeKind>> => loadRegistry({ folder: 'agent/wholes' });
/** How the reference agent can be broken. */
export const faults = (): Promise<Registry<Fault>> => loadRegistry({ folder: 'agent/faults' });

/** How patient it can be asked to be. */
export const manners = (): Promise<Registry<NamedManners>> => loadRegistry({ folder: 'agent/manners' });

/** What is measured, by metric name (the file's, with underscores). */
export async function metrics(beside?: string): Promise<Registry<Metric>> {
  const found = await loadRegistry<Metric>({ folder: 'metrics/measures', complaint: metricComplaint }, beside);
  return new Map([...found].map(([name, metric]) => [name.replaceAll('-', '_'), metric]));
}

/** The entry called `name`, or one sentence that says what there is. */
export function entry<T>(registry: Registry<T>, name: string, noun: string): T {
  const found = registry.get(name);
  if (found !== undefined) return found;
  const known = [...registry.keys()].sort().join(', ');
  throw new UsageError(`there is no ${noun} called "${name}"; there are: ${known}`);
}
