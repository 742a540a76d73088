import { existsSync, globSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openStore } from '../../metrics/store/store.ts';
import { daysSince } from '../clock/wall.ts';
import type { RunManifest } from '../model/run.ts';
import { readManifest } from './journal.ts';

/** A stored run, and whether it is one that others are held against. */
export interface KeptRun {
  readonly manifest: RunManifest;
  readonly ageDays: number;
  /** A file called `baseline` lies in its folder. */
  readonly baseline: boolean;
}

/** What may go. Both must hold of a run. */
export interface Retention {
  /** So many of the newest runs stay of each suite, target and way of breaking it; at least one. */
  readonly keep: number;
  /** Only runs of more days than that; undefined: of any age. */
  readonly olderDays: number | undefined;
}

/** Runs below `out`, oldest first. */
export function runsIn(out: string): readonly KeptRun[] {
  if (!existsSync(out)) return [];
  return readdirSync(out)
    .filter((name) => existsSync(join(out, name, 'manifest.json')))
    .map((name) => {
      const manifest = readManifest(join(out, name));
      const baseline = existsSync(join(out, name, 'baseline'));
      return { manifest, ageDays: daysSince(manifest.startedAt), baseline };
    })
    .toSorted((a, b) => (a.manifest.startedAt < b.manifest.startedAt ? -1 : 1));
}

/** Runs that are one row of nights: the same suite against the same agent. */
export const sameSeries = (a: RunManifest, b: RunManifest): boolean => seriesOf(a) === seriesOf(b);

const seriesOf = ({ suite, target, faults, manners, makeup, line, time }: RunManifest): string =>
  JSON.stringify([suite, target, faults, manners, makeup, line, time]);

/** The runs that may go, oldest first: never the last one of all, the last of a series, or a baseline. Pure. */
export function removable(runs: readonly KeptRun[], { keep, olderDays }: Retention): readonly KeptRun[] {
  const newestFirst = runs.toReversed();
  const stay = new Set(newestFirst.slice(0, 1));
  for (const series of Map.groupBy(newestFirst, ({ manifest }) => seriesOf(manifest)).values()) {
    for (const run of series.slice(0, Math.max(1, keep))) stay.add(run);
  }
  return runs.filter((run) => !stay.has(run) && !run.baseline && (olderDays === undefined || run.ageDays > olderDays));
}

/** Files of a run that would go: all of them, or its sound alone. */
function filesOf(out: string, { manifest }: KeptRun, what: 'runs' | 'audio'): readonly string[] {
  const folder = join(out, manifest.id);
  const pattern = what === 'runs' ? '**/*' : 'calls/*/{audio,desk}.wav';
  return globSync(pattern, { cwd: folder }).map((file) => join(folder, file));
}

/** Bytes that would be freed. */
export const sizeOf = (out: string, run: KeptRun, what: 'runs' | 'audio'): number =>
  filesOf(out, run, what).reduce((sum, file) => sum + statSync(file).size, 0);

/**
 * Removes runs, from the store too, or their recordings alone: scores, events and reviews stay then.
 * Throws UsageError when a run is going on, which has the store.
 */
export async function remove(out: string, runs: readonly KeptRun[], what: 'runs' | 'audio'): Promise<void> {
  const database = join(out, 'hangup.duckdb');
  const store = existsSync(database) ? await openStore(database, 'write') : undefined;
  try {
    for (const run of runs) {
      if (what === 'audio') {
        for (const file of filesOf(out, run, what)) rmSync(file);
        continue;
      }
      await store?.removeRun(run.manifest.id);
      rmSync(join(out, run.manifest.id), { recursive: true });
    }
  } finally {
    await store?.close();
  }
}
