import type { AgentParts } from './parts.ts';

/** A way of breaking the agent on purpose. What a file in agent/faults default-exports. */
export interface Fault {
  readonly summary: string;
  /** What `NAME=ARG` sets, e.g. `milliseconds added to every reply`. */
  readonly takes?: string;
  /** Metrics that must turn red. */
  readonly breaks: readonly string[];
  /** The parts with the defect; throws UsageError on an argument it cannot use. */
  apply(parts: AgentParts, arg?: string): AgentParts;
}
