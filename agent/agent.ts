import type { IncomingCall, Line } from '../harness/model/line.ts';
import type { Ear, Vad, Voice, VoiceChoice } from '../harness/model/speech.ts';
import { hashSeed } from '../harness/model/seed.ts';
import { thinkingLead } from './brain/lead.ts';
import { wholePacket } from './brain/packet.ts';
import { stockPhrases } from './brain/phrases.ts';
import { soundPolicy } from './brain/policy.ts';
import { rulesBrain } from './brain/rules.ts';
import { claimer, together } from './claims.ts';
import { Conversation } from './conversation.ts';
import { unusable } from './kinds.ts';
import type { OpenWhole } from './kinds.ts';
import type { LeadMaker } from './lead.ts';
import { endOfTurn } from './ear/end-of-turn.ts';
import { takeTurns } from './floor/floor.ts';
import { soundManners } from './manners.ts';
import { Mouth } from './mouth.ts';
import type { Lateness } from './mouth.ts';
import type { AgentParts } from './parts.ts';
import { nothingSimulated } from './simulated.ts';
import attended from './transfers/attended.ts';
import { tellInRtvi } from './rtvi/rtvi.ts';
import type { AgentWorld, CallWorld, Dial } from './world.ts';

export type { AgentParts } from './parts.ts';
export type { AgentWorld } from './world.ts';

/** The engines an agent hears and speaks with, opened and warm. */
export interface Engines {
  readonly voice: Voice;
  /** With `grammars` prepared. */
  readonly ear: Ear;
  readonly vad: () => Vad;
  /** Who speaks; left out: the agent's own choice of the embedded voice. */
  readonly choice?: VoiceChoice;
  /** Left out: the rules lead. */
  readonly lead?: LeadMaker;
  /** Phrases to be made before the phone rings; left out: those of the rules. */
  readonly phrases?: readonly string[];
  /** Takes the place of all the others on a call. */
  readonly whole?: OpenWhole;
}

/** The reference agent's own voice. */
export const usualChoice: VoiceChoice = { engine: 'flite', name: 'slt', rate: 1.1 };

/** The reference agent as it should be. */
export const soundAgent = (engines: Engines): AgentParts => ({
  choice: usualChoice,
  lead: thinkingLead,
  phrases: stockPhrases,
  ...engines,
  manners: soundManners,
  simulated: nothingSimulated,
  floor: takeTurns,
  endOfTurn,
  brain: rulesBrain,
  policy: soundPolicy,
  route: (desk) => desk,
  packet: wholePacket,
  transfer: attended,
  line: (line) => line,
});

/** Speaks every phrase of its own once, so that the voice has them ready when the phone rings. */
export async function warmUp(parts: AgentParts, world: Pick<AgentWorld, 'clock'>): Promise<void> {
  const mouth = new Mouth(parts.voice, parts.choice, world.clock, 8000);
  try {
    await Promise.all(parts.phrases.map((phrase) => mouth.warm(phrase)));
  } catch (error) {
    const { engine, name: model } = parts.choice;
    throw engine === usualChoice.engine ? error : unusable('voice', { engine, model }, error);
  }
}

const message = (trouble: unknown): string =>
  trouble instanceof Error ? (trouble.stack ?? trouble.message) : String(trouble);

/** Calling out in the name of a call; undefined when the agent cannot. */
function dialFor(callId: string, { format }: Line, { transport, clock, seed }: AgentWorld): Dial | undefined {
  if (!transport) return undefined;
  return (address, terms) =>
    transport.dial(
      { address },
      {
        ...terms,
        clock,
        seed: hashSeed(seed, 'agent', callId, 'dials', address),
        phone: { codec: format.codec, loss: 0 },
        headers: callId === '' ? {} : { 'X-Hangup-Call': callId },
      },
    );
}

/** Leads an answered call until its line has ended. */
function lead(line: Line, parts: AgentParts, world: CallWorld): Promise<void> {
  if (parts.whole) return parts.whole.answer(line, parts, world);
  const lateness: Lateness = (nth) => parts.simulated('voice', world.seed, nth);
  const mouth = new Mouth(parts.voice, parts.choice, world.clock, line.format.rate, lateness);
  return new Conversation(line, parts, world, mouth).run();
}

/**
 * Takes one call from ringing to its end, in real or virtual time.
 * Trouble ends this call only: it is told to `world.trouble` and the line is hung up. Never rejects.
 */
export async function answerCall(call: IncomingCall, parts: AgentParts, world: AgentWorld): Promise<void> {
  const callId = call.headers['x-hangup-call'] ?? '';
  const { clock, signal } = world;
  const complain = (trouble: unknown): void => world.trouble?.(`call ${callId || call.from}: ${message(trouble)}`);
  try {
    const seed = hashSeed(world.seed, 'agent', callId);
    const answered = parts.line(await call.accept({ clock, signal, seed, phone: { codec: 'PCMU', loss: 0 } }), clock);
    const told = tellInRtvi(answered);
    const line = told?.line ?? answered;
    const giveUp = (trouble: unknown): void => {
      complain(trouble);
      told?.failed();
      line.hangUp().catch(complain);
    };
    const office = world.office(callId);
    const spans = world.tracing?.call({ id: callId, traceparent: call.headers['traceparent'] });
    const mine: CallWorld = {
      clock,
      seed,
      signal,
      office,
      claims: together(claimer(office), ...[spans, told?.claims].filter((each) => each !== undefined)),
      ...(told && { news: told.news }),
      dial: dialFor(callId, line, world),
      ...(callId === '' ? {} : { call: callId }),
      watch: (work) => void work.catch(giveUp),
    };
    await lead(line, parts, mine).catch(giveUp);
    await line.ended;
    spans?.end();
  } catch (trouble) {
    complain(trouble);
  }
}
