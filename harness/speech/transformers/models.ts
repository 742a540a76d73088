import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '../../model/errors.ts';
import type { EngineName } from '../../model/makeup.ts';

/** A family of models that one engine runs, and where each lies. */
export interface Family {
  /** The engine's file name, which is also how its models are fetched: `whisper:base`. */
  readonly engine: string;
  /** Taken where nothing else is named. */
  readonly usual: string;
  /** The hub's `owner/repository` of a short name. */
  readonly repo: (name: string) => string;
  /** The graphs it is made of: files `onnx/PART.onnx`, or `onnx/PART_quantized.onnx` where there is one. */
  readonly parts: readonly string[];
  /** Files beside those that this name needs. */
  readonly more: (name: string) => readonly string[];
}

const RECOGNISER_FILES = ['preprocessor_config.json', 'generation_config.json'] as const;

/** Whisper: `tiny`, `base`, `small`, `tiny.en`, `base_timestamped` (which tells word times), or any `owner/repository`. */
export const WHISPER: Family = {
  engine: 'whisper',
  usual: 'base',
  repo: (name) => (name.includes('/') ? name : `onnx-community/whisper-${name}`),
  parts: ['encoder_model', 'decoder_model_merged'],
  more: () => RECOGNISER_FILES,
};

/** Moonshine: `tiny`, `base`, or any `owner/repository`. English only. */
export const MOONSHINE: Family = {
  engine: 'moonshine',
  usual: 'base',
  repo: (name) => (name.includes('/') ? name : `onnx-community/moonshine-${name}-ONNX`),
  parts: ['encoder_model', 'decoder_model_merged'],
  more: () => RECOGNISER_FILES,
};

/** Kokoro: one model, and a file for each voice. */
export const KOKORO: Family = {
  engine: 'kokoro',
  usual: 'af_heart',
  repo: () => 'onnx-community/Kokoro-82M-v1.0-ONNX',
  parts: ['model'],
  more: (name) => [voiceFile(name)],
};

const INSTRUCT_REPOS: Readonly<Record<string, string>> = {
  'qwen2.5-0.5b': 'onnx-community/Qwen2.5-0.5B-Instruct',
  'qwen2.5-1.5b': 'onnx-community/Qwen2.5-1.5B-Instruct',
};

/** Small models that follow instructions and use tools in the Hermes manner: `qwen2.5-0.5b`, `qwen2.5-1.5b`, or any `owner/repository`. */
export const INSTRUCT: Family = {
  engine: 'transformers',
  usual: 'qwen2.5-0.5b',
  repo: (name) => INSTRUCT_REPOS[name] ?? name,
  parts: ['model'],
  more: () => ['generation_config.json'],
};

/** The families by engine. */
export const FAMILIES: ReadonlyMap<string, Family> = new Map(
  [WHISPER, MOONSHINE, KOKORO, INSTRUCT].map((family) => [family.engine, family]),
);

/** Where a voice of Kokoro lies in its model's folder. */
export const voiceFile = (voice: string): string => `voices/${voice}.bin`;

/** Quantized to 8 bits where there is such a file: half the time of the whole numbers on a CPU, and a quarter of the size. */
const PRECISIONS = [
  { dtype: 'q8', suffix: '_quantized' },
  { dtype: 'fp32', suffix: '' },
] as const;

export type Precision = (typeof PRECISIONS)[number]['dtype'];

/** A model as it is asked for. */
export interface WantedModel {
  /** As it is written on a command line: `whisper:base`. */
  readonly name: string;
  readonly repo: string;
  readonly family: Family;
  readonly files: readonly string[];
}

/** The model of `family` that `named` names, or the usual one. */
export function wantedModel(family: Family, named: Pick<EngineName, 'model'> = {}): WantedModel {
  const short = named.model ?? family.usual;
  const files = ['config.json', 'tokenizer.json', 'tokenizer_config.json', ...family.more(short)];
  return { name: `${family.engine}:${short}`, repo: family.repo(short), family, files };
}

/** Models are kept here: `HANGUP_MODELS`, or `.cache/hangup/models` at home. Never in node_modules, which comes and goes. */
export const modelsFolder = (): string => process.env['HANGUP_MODELS'] || join(homedir(), '.cache', 'hangup', 'models');

/** The graphs of a model at one precision, as files in its repository. */
export const graphs = ({ family }: WantedModel, suffix: string): readonly string[] =>
  family.parts.map((part) => `onnx/${part}${suffix}.onnx`);

/** What does not fit into a graph's own file. */
export const besideGraph = (graph: string): string => `${graph}_data`;

/** The first precision of which `has` every file; undefined when it has none whole. */
export function precisionOf(
  model: WantedModel,
  has: (file: string) => boolean,
): { readonly dtype: Precision; readonly suffix: string } | undefined {
  return PRECISIONS.find(({ suffix }) => graphs(model, suffix).every(has));
}

/** A model that is there, and how it is loaded. */
export interface FoundModel {
  readonly folder: string;
  readonly repo: string;
  readonly dtype: Precision;
  /** Every file of it that is used, in its repository. */
  readonly files: readonly string[];
}

/** Looks a model up on disk; undefined when a file of it is missing. */
export function findModel(model: WantedModel, folder = modelsFolder()): FoundModel | undefined {
  const has = (file: string): boolean => existsSync(join(folder, model.repo, file));
  const precision = precisionOf(model, has);
  if (!precision || !model.files.every(has)) return undefined;
  const parts = graphs(model, precision.suffix);
  const files = [...model.files, ...parts, ...parts.map(besideGraph).filter(has)];
  return { folder, repo: model.repo, dtype: precision.dtype, files };
}

/** The package that runs the models. */
const PACKAGE = '@huggingface/transformers';
const PACKAGE_VERSION = '4.3.1';

/** What keeps a model from being used, with the command that helps; undefined when nothing does. */
export function missingModel(family: Family, named: Pick<EngineName, 'model'> | undefined): string | undefined {
  try {
    import.meta.resolve(PACKAGE);
  } catch {
    return `The ${family.engine} engine is not installed; run \`npm install ${PACKAGE}@${PACKAGE_VERSION}\``;
  }
  const model = wantedModel(family, named);
  if (findModel(model)) return undefined;
  return `The model ${model.repo} is not in ${modelsFolder()}; run \`hangup fetch ${model.name}\`, or set HANGUP_MODELS to the folder that holds it`;
}

/** The model that is named. Throws UsageError, with the command that fetches it, when it is not there. */
export function installedModel(family: Family, named: Pick<EngineName, 'model'> | undefined): FoundModel {
  const missing = missingModel(family, named);
  const found = findModel(wantedModel(family, named));
  if (missing === undefined && found) return found;
  throw new UsageError(missing ?? `The model of ${family.engine} went away while it was looked up; try again`);
}

/** What `hangup fetch` leaves beside a model's files. */
export interface ModelCard {
  readonly repo: string;
  /** The commit in the hub's repository. */
  readonly revision: string;
  /** SHA-256 of each file. */
  readonly sha256: Readonly<Record<string, string>>;
}

/** Where a card lies in its model's folder. */
export const CARD = 'hangup-model.json';

/**
 * What exactly a model is, for a run's record: its repository, the revision it was fetched at and the SHA-256 of each file
 * as it is on disk now. A file that was changed since has no revision.
 */
export function modelVersion({ folder, repo, files }: FoundModel): string {
  const home = join(folder, repo);
  const hashes = files.map((file) => [file, sha256(readFileSync(join(home, file)))] as const);
  const card = cardIn(home);
  const asFetched = card !== undefined && hashes.every(([file, hash]) => card.sha256[file] === hash);
  const revision = asFetched ? card.revision : 'unknown revision';
  return `${repo}@${revision} ${hashes.map(([file, hash]) => `${file} sha256:${hash}`).join(' ')}`;
}

/** The card in a model's folder, if it was fetched. */
export function cardIn(home: string): ModelCard | undefined {
  const path = join(home, CARD);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as ModelCard) : undefined;
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
