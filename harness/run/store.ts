import { openStore } from '../../metrics/store/store.ts';
import type { CallExtra, CalibrationRow, Store } from '../../metrics/store/store.ts';
import { lengthOf } from '../call/record.ts';
import type { RunManifest } from '../model/run.ts';
import type { Measured } from './measure.ts';

/** What the store keeps of a call beside its scores. */
export const extraOf = ({ record, view }: Measured): CallExtra => ({
  durationMs: lengthOf(record.tracks),
  turns: view.turns,
  reactions: view.reactions,
  claims: record.events.flatMap((event) => (event.kind === 'claim' ? [event.claim] : [])),
});

/** Puts a measured run into the store at `path`, replacing what was there of it. */
export async function keepInStore(
  path: string,
  manifest: RunManifest,
  calls: readonly Measured[],
  accuracy: readonly CalibrationRow[],
): Promise<void> {
  const store: Store = await openStore(path, 'write');
  try {
    await store.addRun(manifest);
    for (const call of calls) await store.addCall(manifest.id, call.scored, extraOf(call));
    await store.addCalibration(manifest.id, accuracy);
  } finally {
    await store.close();
  }
}
