import { type Clock, type Ms, ms } from '../model/time.ts';
import { Agenda, type Sleeper } from './agenda.ts';
import { HoldQueue } from './holds.ts';

/**
 * A clock that jumps to the next deadline as soon as nothing is runnable, so that a minute of call takes
 * milliseconds. Time moves only while `run` is awaited. Any number of virtual clocks run side by side.
 */
export class VirtualClock implements Clock {
  readonly #agenda = new Agenda();
  readonly #holds = new HoldQueue();
  readonly #runs = new Map<object, { place: string; fail(reason: Error): void }>();
  #now = ms(0);
  #order = 0;
  #turning = false;

  now(): Ms {
    return this.#now;
  }

  sleepUntil(at: Ms, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted || at <= this.#now) return Promise.resolve();
    const place = at === Infinity ? callSite() : undefined;
    return new Promise((resolve) => {
      const sleeper: Sleeper = { at, order: this.#order++, wake: resolve, place };
      this.#agenda.add(sleeper);
      if (!signal) return;
      const abort = (): void => {
        sleeper.wake = undefined;
        resolve();
      };
      signal.addEventListener('abort', abort, { once: true });
      sleeper.wake = () => {
        signal.removeEventListener('abort', abort);
        resolve();
      };
    });
  }

  hold<T>(work: Promise<T>): Promise<T> {
    return this.#holds.add(work);
  }

  /**
   * Lets time pass until `work` settles, and passes its outcome on.
   * Rejects when nothing is left that could ever wake it.
   */
  async run<T>(work: Promise<T>): Promise<T> {
    const key = {};
    const stuck = Promise.withResolvers<never>();
    this.#runs.set(key, { place: callSite(), fail: stuck.reject });
    void this.#turn();
    try {
      return await Promise.race([work, stuck.promise]);
    } finally {
      this.#runs.delete(key);
    }
  }

  async #turn(): Promise<void> {
    if (this.#turning) return;
    this.#turning = true;
    await everythingRunnable();
    while (this.#runs.size > 0) {
      if (this.#holds.pending) await this.#holds.deliverNext();
      else if (!this.#wakeNext()) this.#failAll();
      await everythingRunnable();
    }
    this.#turning = false;
  }

  #wakeNext(): boolean {
    const at = this.#agenda.peek()?.at;
    if (at === undefined || at === Infinity) return false;
    this.#now = at;
    for (const sleeper of this.#agenda.takeDue()) sleeper.wake?.();
    return true;
  }

  #failAll(): void {
    const sleepers = this.#agenda.waiting.map((sleeper) => `a sleep without deadline at ${sleeper.place}`);
    const runs = [...this.#runs.values()];
    const waiters = [...runs.map((run) => `the run begun at ${run.place}`), ...sleepers].join('; ');
    const reason = new Error(
      `virtual time stopped at ${this.#now} ms: nothing is left to wake ${waiters}. ` +
        'Pass what waits for the outside through Clock.hold',
    );
    this.#runs.clear();
    for (const run of runs) run.fail(reason);
  }
}

/** One turn of the event loop: every microtask queued so far, and what they queue, has run. */
const everythingRunnable = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** `file.ts:line` of the code that called the clock. */
function callSite(): string {
  const lines = (new Error().stack ?? '').split('\n').slice(1);
  const outside = lines.find((line) => !line.includes('/harness/clock/'));
  return /([^/\\(]+:\d+):\d+\)?$/.exec(outside ?? '')?.[1] ?? 'an unknown place';
}
