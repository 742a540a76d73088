import type { Line } from '../harness/model/line.ts';
import type { CallWorld } from './world.ts';

/** A caller to be put through. */
export interface Handing {
  /** Hers. Nothing is said on it meanwhile. */
  readonly line: Line;
  /** Where the desk can be called. */
  readonly address: string;
  /** Leaves the context packet at the office; resolves with its id, undefined when it was not taken. To be called once. */
  post(): Promise<string | undefined>;
}

/**
 * A way of putting somebody through. Resolves with whether a desk has her now: then the agent's line to her may end.
 * Otherwise she is on it still, and waits to be spoken to.
 */
export type Transfer = (handing: Handing, world: CallWorld) => Promise<boolean>;
