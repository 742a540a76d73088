import { realClock } from '../clock/real.ts';
import type { Ms } from '../model/time.ts';
import { after } from '../model/time.ts';

const clock = realClock();

/**
 * `work`, which is told to stop by its signal when `outer` aborts or `limit` has passed. Rejects then, whether or not the
 * work heeds it. The time is the host's: a service answers in its own, whatever clock the call runs on.
 */
export async function bounded<T>(
  limit: Ms,
  outer: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  const done = new AbortController();
  const abandon = (): void => done.abort();
  outer?.addEventListener('abort', abandon, { once: true });
  if (outer?.aborted) done.abort();
  let over = false;
  const late = clock.sleepUntil(after(clock.now(), limit), done.signal).then((): never => {
    // What was answered may still be read from: it is not taken back.
    if (!over) stop.abort();
    throw new Error(outer?.aborted ? 'was given up' : `took longer than ${limit} ms`);
  });
  try {
    const doing = work(stop.signal);
    doing.catch(() => undefined);
    return await Promise.race([doing, late]);
  } finally {
    outer?.removeEventListener('abort', abandon);
    late.catch(() => undefined);
    over = true;
    done.abort();
  }
}
