import type { Bound } from './metric.ts';
import type { Plan } from './plan.ts';
import type { Cost } from './run.ts';

/** Calls of one person with one scenario. */
export interface SuiteCall {
  readonly persona: string;
  readonly scenario: string;
  /** What she tries as an adversary: a file name in personas/attacks. */
  readonly attack?: string;
  readonly mind?: 'script' | 'listener';
  /** What the desks do when called; they answer otherwise. */
  readonly desks?: Plan['desks'];
  readonly trials?: number;
}

/** What a suite file default-exports. */
export interface Suite {
  readonly name: string;
  /** `reference`, or addresses such as `sip:agent@10.0.0.5`. */
  readonly target: string;
  /** File name in harness/lines. */
  readonly line: string;
  readonly seed: number;
  readonly calls: readonly SuiteCall[];
  /** Metronome calls among them: the instrument's own check. */
  readonly metronome: number;
  readonly jobs: number;
  readonly gates: readonly Bound[];
  /** Tables that end its report, by name (reports/tables.ts); none without. */
  readonly tables?: readonly string[];
  /** What a minute of talk with the agent costs; shown as a planned maximum before a run, and as spent after it. */
  readonly cost?: Cost;
  /** Longest a call may last, minutes; three without. */
  readonly maxCallMinutes?: number;
  /** Hosts outside loopback and private ranges that may be called. */
  readonly allow: readonly string[];
}

/** Says what a suite is; a function so that editors complete it. */
export const defineSuite = (suite: Suite): Suite => suite;
