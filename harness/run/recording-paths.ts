import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../model/errors.ts';
import type { Channel, RecordingSource } from './recording-sides.ts';

/** What `--caller` was given: a channel, or the caller's own mono file; undefined when it was not. */
export type CallerOption = string | undefined;

/** True for stored runs and single stored calls; anything else is a recording, or a folder of them. */
export const isStored = (path: string): boolean =>
  existsSync(join(path, 'manifest.json')) || existsSync(join(path, 'events.jsonl'));

/** The recordings that `paths` name: files, and every WAV directly in a folder. Throws UsageError when there is none. */
export function recordingSources(paths: readonly string[], caller: CallerOption): readonly RecordingSource[] {
  if (caller !== undefined && !isChannel(caller)) return [twoFiles(caller, paths)];
  const side = { caller: caller ?? 'left', told: caller !== undefined };
  return paths.flatMap(wavsAt).map((path) => ({ path, ...side }));
}

const isChannel = (word: string): word is Channel => word === 'left' || word === 'right';

function twoFiles(callerPath: string, paths: readonly string[]): RecordingSource {
  if (!existsSync(callerPath)) {
    throw new UsageError(
      `--caller is left, right, or the caller's own mono recording, and there is no file ${callerPath}`,
    );
  }
  const [path, ...more] = paths;
  if (path === undefined || more.length > 0 || statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UsageError('two mono files are one call: hangup score --caller caller.wav agent.wav');
  }
  return { path, callerPath };
}

function wavsAt(path: string): readonly string[] {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw new UsageError(`there is no recording or run ${path}`);
  if (!found.isDirectory()) return [path];
  const wavs = readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.wav$/i.test(entry.name))
    .map(({ name }) => join(path, name))
    .sort();
  if (wavs.length > 0) return wavs;
  throw new UsageError(
    `${path} is no run (it has no manifest.json) and holds no .wav; name a run, a recording, or a folder of recordings`,
  );
}
