import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Heard } from '../../model/speech.ts';

/** What was decoded before, by hash of model, grammar and samples. */
export interface Decodes {
  get(key: string): Heard | undefined;
  keep(key: string, heard: Heard): Heard;
  /** Writes the file it was opened with, if any. */
  save(): void;
}

/** The oldest go when there are more. A partial result is a hundred bytes. */
const CAPACITY = 200_000;

/** Opens the decodes of `file`; a missing or damaged file is an empty one. */
export function openDecodes(file?: string): Decodes {
  const known = new Map<string, Heard>(file === undefined ? [] : read(file));
  return {
    get: (key) => known.get(key),
    keep: (key, heard) => {
      known.set(key, heard);
      if (known.size > CAPACITY) known.delete(known.keys().next().value ?? '');
      return heard;
    },
    save: () => {
      if (file === undefined) return;
      writeFileSync(`${file}.new`, JSON.stringify([...known]));
      renameSync(`${file}.new`, file);
    },
  };
}

function read(file: string): [string, Heard][] {
  try {
    const entries = JSON.parse(readFileSync(file, 'utf8')) as [string, Heard][];
    return entries.filter(([key, heard]) => typeof key === 'string' && typeof heard.text === 'string');
  } catch {
    return [];
  }
}
