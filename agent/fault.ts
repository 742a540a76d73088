import type { Plan } from '../harness/model/plan.ts';
import type { SuiteCall } from '../harness/model/suite.ts';
import type { AgentParts } from './parts.ts';

/** A call that shows a fault: whoever calls, why, and how much of it is needed. */
export interface Showing extends Omit<SuiteCall, 'trials'> {
  /** She says only so many of her lines and goodbye, when the fault shows in them; nothing is expected to come of it then. */
  readonly turns?: number;
  /** What the desks do when called; they answer otherwise. */
  readonly desks?: Plan['desks'];
}

/** Arguments over which a fault's effect follows the argument one to one. */
export interface Sweep {
  readonly metric: string;
  /** Arguments, in the metric's unit times `per`. */
  readonly args: readonly number[];
  /** Argument units in one unit of the metric: 1 for ms on ms, 1000 for ms on s. */
  readonly per: number;
  /** The calls it is measured on. */
  readonly calls: readonly Showing[];
  /** Other faults built in on both sides, e.g. long replies for something to happen in. */
  readonly with?: readonly string[];
}

/** A way of breaking the agent on purpose. What a file in agent/faults default-exports. */
export interface Fault {
  readonly summary: string;
  /** What `NAME=ARG` sets, e.g. `milliseconds added to every reply`. */
  readonly takes?: string;
  /** Metrics that must turn red. */
  readonly breaks: readonly string[];
  /** Metrics that may turn red with them, since they look at the same thing from elsewhere; all others must stay. */
  readonly mayMove: readonly string[];
  /** One to three short calls in which it must show. */
  readonly shows: readonly Showing[];
  readonly sweep?: Sweep;
  /** The parts with the defect; throws UsageError on an argument it cannot use. */
  apply(parts: AgentParts, arg?: string): AgentParts;
}
