import type { Activity } from '../model/activity.ts';
import type { CallRecord } from '../model/record.ts';
import { scriptBeside, startHand } from '../speech/workers.ts';

/** Hears stored calls on a thread of its own: callers who are still on the phone keep their instants. */
export interface Detector {
  hear(record: CallRecord): Promise<Activity>;
  close(): Promise<void>;
}

/** What the thread needs of a record. */
export type Heard = Pick<CallRecord, 'tracks' | 'desk' | 'events'>;

/** Starts the thread. It listens to one call after the other. */
export function openDetector(): Detector {
  const hand = startHand(scriptBeside(import.meta.url, 'detector-worker'), {});
  return {
    hear: async ({ tracks, desk, events }) => (await hand.ask({ tracks, desk, events } satisfies Heard)) as Activity,
    close: () => hand.close(),
  };
}
