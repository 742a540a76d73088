import type { ContextPacket } from './office.ts';
import type { Facts } from './plan.ts';

/** The call a hook is asked about. It holds nothing of what is expected of the agent. */
export interface HookCall {
  /** Id of the run. */
  readonly run: string;
  /** Id of the call, the same that the agent is given in `X-Hangup-Call`. */
  readonly call: string;
  readonly persona: string;
  readonly scenario: string;
  /** Where the call goes, or went. */
  readonly target: string;
  /** Where the agent finds the office, if the suite opens it. */
  readonly office?: string;
}

/** A call that is over. */
export interface EndedCall extends HookCall {
  /** When its `before` hook, or else its dialling, began and when it was over. ISO 8601, UTC. */
  readonly startedAt: string;
  readonly endedAt: string;
}

/** What a `before` hook may answer; nothing is an answer too. */
export interface BeforeAnswer {
  /** Call this address instead of the suite's target. Its host must be the target's, or in the suite's `allow` list. */
  readonly address?: string;
}

/** Something the agent did in its world. */
export interface Commitment {
  /** What kind of thing, as a scenario's `expect.commit.action` names it. */
  readonly action: string;
  /** By slot, as a scenario's facts name them. Numbers are taken as their text. */
  readonly values: Readonly<Record<string, string | number>>;
}

/** What a `check` hook found in the agent's own world when the call was over. */
export interface CheckAnswer {
  /** What was really committed, the last one last; null: nothing was. */
  readonly committed: Commitment | readonly Commitment[] | null;
  /** The desk she was really put through to; left out: to nobody. */
  readonly handedTo?: string;
  /** The context that travelled with her. */
  readonly packet?: Partial<Omit<ContextPacket, 'facts'>> & { readonly facts: Facts };
}

/** A function, or the URL that answers in its stead: POST of the call as JSON, signed (harness/hooks/signature.ts). */
export type Hook<Call, Answer> = string | ((call: Call) => Answer | Promise<Answer>);

/** A suite's hooks into the agent's own world. */
export interface Hooks {
  /** Resets the agent's world before each call. */
  readonly before?: Hook<HookCall, BeforeAnswer | null | undefined | void>;
  /** Reports, after each call, what was really committed: evidence for every metric that asks for the result. */
  readonly check?: Hook<EndedCall, CheckAnswer>;
}
