import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

/** What a self-test has found so far, one JSON line a finding, so that a long one that was stopped can go on. */
export interface Findings {
  /** The finding called `key`, or `find`'s, which is kept unless it is undefined. */
  get<T>(key: string, find: () => Promise<T | undefined>): Promise<T | undefined>;
}

/** Opens the findings in `file`: those of before when `resume`, none otherwise. A half-written last line is dropped. */
export function openFindings(file: string, resume: boolean): Findings {
  mkdirSync(dirname(file), { recursive: true });
  if (!resume) rmSync(file, { force: true });
  const known = new Map(read(file));
  return {
    async get<T>(key: string, find: () => Promise<T | undefined>): Promise<T | undefined> {
      if (known.has(key)) return known.get(key) as T;
      const found = await find();
      if (found === undefined) return undefined;
      known.set(key, found);
      appendFileSync(file, `${JSON.stringify([key, found])}\n`);
      return found;
    },
  };
}

function read(file: string): [string, unknown][] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line): [string, unknown][] => {
      try {
        return [JSON.parse(line) as [string, unknown]];
      } catch {
        return [];
      }
    });
}
