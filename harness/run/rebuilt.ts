import { DETECTOR } from '../../metrics/activity/detect.ts';
import { openStore } from '../../metrics/store/store.ts';
import type { Store } from '../../metrics/store/store.ts';
import { callFolder, callsIn, readActivity, readCall, readManifest, readScored } from './journal.ts';
import { measure } from './measure.ts';
import type { Instruments } from './measure.ts';
import { extraOf } from './store.ts';

/** Adds a call to the store from its files, which are the truth, as it was scored. */
export async function addStored(store: Store, runId: string, folder: string, tools: Instruments): Promise<void> {
  const measured = await measure(readCall(folder), tools, readActivity(folder, DETECTOR));
  await store.addCall(runId, readScored(folder), extraOf(measured));
}

/**
 * Brings the store at `path` up to date with the files of `runs`: calls that it has stay. For a run that is going on, whose
 * own store nobody else can open.
 */
export async function rebuildStore(path: string, runs: readonly string[], tools: Instruments): Promise<void> {
  const store = await openStore(path, 'write');
  try {
    for (const run of runs) {
      const manifest = readManifest(run);
      await store.addRun(manifest);
      const known = await store.callsOf(manifest.id);
      for (const call of callsIn(run)) {
        if (!known.has(call)) await addStored(store, manifest.id, callFolder(run, call), tools);
      }
    }
  } finally {
    await store.close();
  }
}
