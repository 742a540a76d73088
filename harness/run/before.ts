import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { EarlierRun } from '../../reports/report.ts';
import type { RunManifest } from '../model/run.ts';
import { callFolder, callsIn, readManifest, readScored } from './journal.ts';
import { sameSeries } from './prune.ts';

/** The last run of the same suite and agent before the one in `run`, beside it, with its calls; undefined when there is none. */
export function runBefore(run: string, manifest: RunManifest): EarlierRun | undefined {
  const out = dirname(run);
  if (!existsSync(out)) return undefined;
  const [last] = readdirSync(out)
    .map((name) => join(out, name))
    .filter((folder) => existsSync(join(folder, 'manifest.json')) && callsIn(folder).length > 0)
    .map((folder) => ({ folder, manifest: readManifest(folder) }))
    .filter((other) => sameSeries(other.manifest, manifest) && other.manifest.startedAt < manifest.startedAt)
    .toSorted((a, b) => (a.manifest.startedAt < b.manifest.startedAt ? 1 : -1));
  return (
    last && { id: last.manifest.id, calls: callsIn(last.folder).map((id) => readScored(callFolder(last.folder, id))) }
  );
}
