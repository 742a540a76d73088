/** Milliseconds on a call's or a run's monotonic timeline. Seconds, samples and RTP ticks are converted at the edge. */
export type Ms = number & { readonly unit: 'ms' };

/** Brands a plain number of milliseconds. */
export const ms = (value: number): Ms => value as Ms;

/** `at` moved by `by` milliseconds. */
export const after = (at: Ms, by: number): Ms => (at + by) as Ms;

/** Duration of `samples` samples at `rate` Hz. */
export const samplesToMs = (samples: number, rate: number): Ms => ((samples * 1000) / rate) as Ms;

/** Whole samples (rounded) that `duration` lasts at `rate` Hz. */
export const msToSamples = (duration: number, rate: number): number => Math.round((duration * rate) / 1000);

/**
 * The one door for time. Every wait in the project goes through it, so that a call
 * runs the same code in real and in virtual time.
 */
export interface Clock {
  /** Milliseconds since this clock's zero. */
  now(): Ms;
  /**
   * Resolves at `at` (absolute, so pacing cannot drift), or at once if `at` has passed.
   * An aborted `signal` resolves it early; the caller looks at `signal.aborted`.
   */
  sleepUntil(at: Ms, signal?: AbortSignal): Promise<void>;
  /**
   * Outside compute (a model, a worker). Virtual time stands still until it settles, and results are
   * delivered in the order the holds were begun. On a real clock it only passes the promise through.
   */
  hold<T>(work: Promise<T>): Promise<T>;
}
