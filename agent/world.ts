import type { OfficeDoor } from '../harness/model/office.ts';
import type { Clock } from '../harness/model/time.ts';

/** What every call of one agent shares. */
export interface AgentWorld {
  readonly clock: Clock;
  /** The office as this call's agent sees it. */
  office(callId: string): OfficeDoor;
  readonly seed: number;
  readonly signal: AbortSignal;
  /** Told, in one line, about trouble that ended a call. */
  readonly trouble?: (message: string) => void;
}

/** The world of one call. */
export interface CallWorld {
  readonly clock: Clock;
  readonly office: OfficeDoor;
  /** The call's id, by which others know it; undefined when nobody gave one. */
  readonly call?: string;
  readonly signal: AbortSignal;
  /** Keeps an eye on work nobody waits for: its failure ends the call, with a word about it. */
  watch(work: Promise<unknown>): void;
}
