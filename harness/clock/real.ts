import { type Clock, type Ms, ms } from '../model/time.ts';

/** A clock on CLOCK_MONOTONIC. `zeroNs` is its zero, so that threads and child processes of this host can share it. */
export interface RealClock extends Clock {
  readonly zeroNs: bigint;
}

/** setTimeout takes no longer delay than this. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Below this a timer would overshoot; the event loop is polled instead. */
const POLL_BELOW_MS = 0.3;

/** The host's monotonic time in milliseconds since `zeroNs` (default: now). */
export function realClock(zeroNs: bigint = process.hrtime.bigint()): RealClock {
  const now = (): Ms => ms(Number(process.hrtime.bigint() - zeroNs) / 1e6);
  return {
    zeroNs,
    now,
    sleepUntil: (at, signal) => sleepUntil(now, at, signal),
    hold: (work) => work,
  };
}

function sleepUntil(now: () => Ms, at: Ms, signal: AbortSignal | undefined): Promise<void> {
  if (signal?.aborted || at <= now()) return Promise.resolve();
  return new Promise((resolve) => {
    let cancel = (): void => {};
    const wait = (): void => {
      const left = at - now();
      if (left <= 0) return finish();
      if (left < POLL_BELOW_MS) {
        const poll = setImmediate(wait);
        cancel = () => clearImmediate(poll);
      } else {
        const timer = setTimeout(wait, Math.min(Math.max(1, Math.floor(left)), LONGEST_TIMER_MS));
        cancel = () => clearTimeout(timer);
      }
    };
    const finish = (): void => {
      signal?.removeEventListener('abort', finish);
      cancel();
      resolve();
    };
    signal?.addEventListener('abort', finish, { once: true });
    wait();
  });
}
