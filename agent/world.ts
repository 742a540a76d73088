import type { CallContext, Line, Transport } from '../harness/model/line.ts';
import type { OfficeDoor } from '../harness/model/office.ts';
import type { Clock, Ms } from '../harness/model/time.ts';
import type { Claims } from './claims.ts';
import type { Tell } from './news.ts';
import type { Tracing } from './otlp.ts';

/** What every call of one agent shares. */
export interface AgentWorld {
  readonly clock: Clock;
  /** The office as this call's agent sees it. */
  office(callId: string): OfficeDoor;
  /** How it calls out; an agent without it can only be called. */
  readonly transport?: Pick<Transport, 'dial'>;
  readonly seed: number;
  readonly signal: AbortSignal;
  /** Where its stages go as spans; nowhere without it. */
  readonly tracing?: Pick<Tracing, 'call'>;
  /** Told, in one line, about trouble that ended a call. */
  readonly trouble?: (message: string) => void;
}

/** Calls somebody for the caller, as the same call of the harness. Rejects with DialFailed. */
export type Dial = (
  address: string,
  terms: Pick<CallContext, 'context' | 'signal'> & { readonly ringTimeout: Ms },
) => Promise<Line>;

/** The world of one call. */
export interface CallWorld {
  readonly clock: Clock;
  readonly office: OfficeDoor;
  /** What it says of itself in this call. */
  readonly claims: Claims;
  /** Told what happens in its talk, where somebody follows it live. */
  readonly news?: Tell;
  /** Undefined for an agent that cannot call out. */
  readonly dial: Dial | undefined;
  /** The call's id, by which others know it; undefined when nobody gave one. */
  readonly call?: string;
  /** Of whatever is left to chance in this call. */
  readonly seed: number;
  readonly signal: AbortSignal;
  /** Keeps an eye on work nobody waits for: its failure ends the call, with a word about it. */
  watch(work: Promise<unknown>): void;
}
