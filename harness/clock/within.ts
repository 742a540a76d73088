import { after, type Clock, type Ms } from '../model/time.ts';

/** `work`, or undefined when it takes longer than `limit`. The clock is not kept waiting once it is done. */
export async function within<T>(clock: Clock, limit: Ms, work: Promise<T>): Promise<T | undefined> {
  const done = new AbortController();
  const late = clock.sleepUntil(after(clock.now(), limit), done.signal).then(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    done.abort();
  }
}
