import type { Line } from '../harness/model/line.ts';
import type { Ear, Vad, Voice, VoiceChoice } from '../harness/model/speech.ts';
import type { Clock } from '../harness/model/time.ts';
import type { Brain } from './brain/dialogue.ts';
import type { PacketMaker } from './brain/packet.ts';
import type { Policy } from './brain/policy.ts';
import type { EndOfTurn } from './ear/end-of-turn.ts';
import type { Floor } from './floor/state.ts';
import type { OpenWhole } from './kinds.ts';
import type { LeadMaker } from './lead.ts';
import type { Manners } from './manners.ts';
import type { Simulated } from './simulated.ts';
import type { Transfer } from './transfer.ts';

/** What an agent is made of. A fault is another agent with one of these changed. */
export interface AgentParts {
  readonly voice: Voice;
  readonly choice: VoiceChoice;
  /** Every grammar of `agent/ear/grammars.ts` is prepared in it. */
  readonly ear: Ear;
  /** A fresh one for each call. */
  readonly vad: () => Vad;
  readonly manners: Manners;
  /** How long each stage waits as a slower engine would. */
  readonly simulated: Simulated;
  readonly floor: Floor;
  readonly endOfTurn: EndOfTurn;
  /** Leads each call. */
  readonly lead: LeadMaker;
  /** In place of ear, lead and voice, where there is one. */
  readonly whole?: OpenWhole;
  /** Made before the phone rings. */
  readonly phrases: readonly string[];
  /** What a lead of rules thinks with; others take no notice of it. */
  readonly brain: Brain;
  readonly policy: Policy;
  /** Where a call meant for `desk` is sent. */
  readonly route: (desk: string) => string;
  readonly packet: PacketMaker;
  /** How she is put through. */
  readonly transfer: Transfer;
  /** The answered line as the agent uses it. */
  readonly line: (line: Line, clock: Clock) => Line;
}
