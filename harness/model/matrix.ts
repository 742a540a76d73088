import type { EngineStage } from './makeup.ts';

/**
 * What a suite tries side by side: every combination is an arm, a run of its own, and all are called in turn by the same
 * callers. Engines as on the command line; in `simulate` each entry is one way of simulating, `brain=350 voice=100` two
 * stages at once, and `none` nothing.
 */
export type Matrix = { readonly [axis in EngineStage | 'simulate']?: readonly string[] } & {
  /** Each arm once with every one of them; without, with the suite's. */
  readonly seeds?: readonly number[];
};
