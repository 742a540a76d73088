import type { Hooks } from './hooks.ts';
import type { Bound } from './metric.ts';
import type { Plan } from './plan.ts';

export type { BeforeAnswer, CheckAnswer, EndedCall, HookCall } from './hooks.ts';

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

/** What each call of a habit or a scenario is held to. */
export interface SuiteExpect {
  /** Instead of what the habit itself asks of an agent; an empty list asks nothing. */
  readonly habits?: Readonly<Record<string, readonly Bound[]>>;
  /** Beside what the scenario itself expects. */
  readonly scenarios?: Readonly<Record<string, readonly Bound[]>>;
}

/** How the office is opened to an agent that is not ours (harness/office/README.md). */
export interface SuiteOffice {
  /** Where its door listens, e.g. `127.0.0.1:8787`; an address beyond this host must be in the suite's `allow` list. */
  readonly listen: string;
  /** How the agent knows it, where that differs: behind a tunnel, say. */
  readonly url?: string;
  /** What the agent posts there; what it does not post stays unseen. Default: commitments, with its handoffs. */
  readonly posts?: readonly ('commitments' | 'claims')[];
}

/** What a suite file default-exports. Its hooks into the agent's own world: harness/hooks/README.md. */
export interface Suite extends Hooks {
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
  /** `starter`: what agents are published to do, for the first run of one nobody has measured (metrics/gate/starter.ts). */
  readonly gates: readonly Bound[] | 'starter';
  /** What each call is held to beyond the shipped files, by name of a habit or a scenario. */
  readonly expect?: SuiteExpect;
  /** For an agent that can use it: a calendar, messages and desks of ours instead of its own. */
  readonly office?: SuiteOffice;
  /** Writes down after each call what the agent said: a file name in harness/speech/ears, or in `ears` beside the suite. None without. */
  readonly ear?: string;
  /** Tables that end its report, by name (reports/tables.ts); none without. */
  readonly tables?: readonly string[];
  /** Hosts outside loopback and private ranges that may be called. */
  readonly allow: readonly string[];
}

/** Says what a suite is; a function so that editors complete it. */
export const defineSuite = (suite: Suite): Suite => suite;
