import { UsageError } from '../harness/model/errors.ts';
import type { Line } from '../harness/model/line.ts';
import type { EngineName, EngineStage } from '../harness/model/makeup.ts';
import type { LeadMaker } from './lead.ts';
import type { AgentParts } from './parts.ts';
import type { CallWorld } from './world.ts';

/** A brain that was opened: it leads any number of calls. */
export interface OpenBrain {
  readonly lead: LeadMaker;
  /** Phrases to be made before the phone rings. */
  readonly phrases: readonly string[];
  close(): Promise<void>;
}

/** What a file in agent/brains default-exports. */
export interface BrainKind {
  readonly summary: string;
  /** One sentence with what to do about it, when it cannot be used as `named`; undefined when it can. Asks nobody outside. */
  missing(named: EngineName): Promise<string | undefined>;
  /** Opens it, warm: its connection is open. Rejects with UsageError when it cannot be reached or refuses us. */
  open(named: EngineName): Promise<OpenBrain>;
}

/** A whole agent in place of ear, brain and voice: it leads any number of calls, audio in, audio out. */
export interface OpenWhole {
  /** Leads one call on an answered line until that has ended. `parts` tell how to hand over. */
  answer(line: Line, parts: AgentParts, world: CallWorld): Promise<void>;
  close(): Promise<void>;
}

/** What a file in agent/wholes default-exports. */
export interface WholeKind {
  readonly summary: string;
  /** As for a brain. */
  missing(named: EngineName): Promise<string | undefined>;
  open(named: EngineName): Promise<OpenWhole>;
}

/** An engine that was named and answers otherwise than it should is for whoever named it to mend. */
export function unusable(stage: EngineStage, { engine, model }: EngineName, error: unknown): Error {
  if (error instanceof UsageError || !(error instanceof Error)) return error as Error;
  return new UsageError(
    `the ${stage} ${model === undefined ? engine : `${engine}:${model}`} cannot be used: ${error.message}`,
  );
}
