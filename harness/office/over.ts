import type { CallEvent } from '../model/record.ts';

/** A call that is over, for whoever is asked what he knows of it. */
export interface CallOver {
  /** What the agent was sent of W3C Trace Context. */
  readonly traceparent: string;
  /** What the caller did, on the clock's timeline. */
  readonly events: readonly CallEvent[];
  /** Aborted, nobody waits any longer. */
  readonly signal: AbortSignal;
}
