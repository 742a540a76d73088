import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Pcm } from '../model/audio.ts';
import type { Clip } from '../model/rendered.ts';
import { decodeWav, encodeWav } from '../model/wav.ts';

/** Raised whenever the same plan would sound different. */
const VERSION = 2;

/** Clips rendered before, by what they were made from. */
export interface Shelf {
  /** The clip of `recipe`, or what `make` makes of it. */
  clip(recipe: object, make: () => Promise<Clip>): Promise<Clip>;
}

/** A shelf in `dir` (a WAV and its truth as JSON, named by hash); without a `dir` nothing is kept. */
export function openShelf(dir?: string): Shelf {
  if (dir === undefined) return { clip: (_recipe, make) => make() };
  mkdirSync(dir, { recursive: true });
  return {
    clip: async (recipe, make) => {
      const path = join(dir, hashOf(JSON.stringify([VERSION, recipe])));
      const known = read(path);
      if (known) return known;
      const clip = await make();
      write(path, clip);
      return clip;
    },
  };
}

const hashOf = (content: string | Uint8Array): string =>
  createHash('sha256').update(content).digest('hex').slice(0, 32);

const soundHash = (samples: Pcm): string =>
  hashOf(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength));

/** Anything damaged is as good as absent: it is rendered again. */
function read(path: string): Clip | undefined {
  try {
    const { sound, ...truth } = JSON.parse(readFileSync(`${path}.json`, 'utf8')) as Omit<Clip, 'samples'> & {
      sound: string;
    };
    const { rate, channels } = decodeWav(readFileSync(`${path}.wav`), path);
    const samples = channels[0] ?? new Int16Array();
    return rate === truth.rate && soundHash(samples) === sound ? { ...truth, samples } : undefined;
  } catch {
    return undefined;
  }
}

/** Numbers unfinished files, so that two plans with the same line do not write into one another's. */
let writes = 0;

function write(path: string, { samples, ...truth }: Clip): void {
  const unique = `${path}.${process.pid}-${++writes}`;
  writeFileSync(`${unique}.wav`, encodeWav([samples], truth.rate));
  renameSync(`${unique}.wav`, `${path}.wav`);
  writeFileSync(`${unique}.json`, JSON.stringify({ ...truth, sound: soundHash(samples) }));
  renameSync(`${unique}.json`, `${path}.json`);
}
