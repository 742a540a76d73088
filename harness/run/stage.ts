import type { DeskTalk } from '../caller/desk.ts';
import type { Target, Timing, Transport } from '../model/line.ts';
import type { Plan } from '../model/plan.ts';
import type { CallEvent, Evidence } from '../model/record.ts';
import type { Tally } from '../office/otlp/receiver.ts';
import type { CallOver } from '../office/over.ts';
import type { Clock } from '../model/time.ts';

/** The world one call takes place in. */
export interface World {
  readonly clock: Clock;
  readonly transport: Transport;
  readonly target: Target;
  /** The human desks' side of this call, as data. */
  readonly desks: DeskTalk;
  /** What the office received from this call's agent, and what a hook reports of the agent's own world. */
  officeEvents(over: CallOver): readonly CallEvent[] | Promise<readonly CallEvent[]>;
  /** Lets `work` happen: at once in real time; in virtual time the clock is driven until it is done. */
  play<T>(work: Promise<T>): Promise<T>;
  leave(): Promise<void>;
}

/** Where the calls of a run take place: what is shared between them, made before the first and freed after the last. */
export interface Stage {
  readonly line: string;
  readonly timing: Timing;
  readonly time: 'real' | 'virtual';
  /** The agent's address, as the run's manifest names it. */
  readonly target: string;
  /** What this target lets us see. */
  readonly evidence: readonly Evidence[];
  /** Where an agent that is not ours finds the office, and how often anybody has asked there; absent where it is not open to it. */
  readonly office?: { readonly url: string; asked(): number };
  /** Where an agent that is not ours may send its spans, and what became of those that came; absent where nobody listens. */
  readonly otlp?: { readonly url: string; tally(): Tally };
  /** Others place the calls: none can be placed once more. */
  readonly comesIn?: true;
  enter(plan: Plan, callId: string): Promise<World>;
  close(): Promise<void>;
}
