import type { IncomingCall, Line, Listening, Transport } from '../model/line.ts';
import { concatPcm, PHONE_RATE } from '../model/audio.ts';
import { after } from '../model/time.ts';
import type { Clock } from '../model/time.ts';
import type { DeskSpeech } from './desk-voice.ts';
import { answers } from './answers.ts';
import type { Office } from './office.ts';
import { missingFacts, wordingOf } from './questions.ts';
import type { CallWorld } from './world.ts';

/** The desks of the clinic. */
export const DESKS: readonly string[] = ['front desk', 'billing', 'nurse', 'manager'];

/** Pause between a greeting and the question after it, ms. */
const BREATH_MS = 180;
/** How long a desk waits for an answer, and for the caller to hang up, ms. */
const ANSWER_MS = 8000;
const FAREWELL_MS = 10_000;

/** Lines at which the desks can be called. */
export interface Desks {
  readonly addresses: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** What the desks share. */
interface Room {
  readonly office: Office;
  readonly speech: DeskSpeech;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/**
 * Opens a listening line per desk and tells the office where they are.
 * `addressOf` gives the address a desk listens at, e.g. `sip:billing@127.0.0.1:0`; spaces in names become hyphens.
 */
export async function openDesks(
  transport: Transport,
  office: Office,
  speech: DeskSpeech,
  clock: Clock,
  addressOf: (user: string) => string,
): Promise<Desks> {
  const closing = new AbortController();
  const room: Room = { office, speech, clock, signal: closing.signal };
  const calls = new Set<Promise<void>>();
  const listening: Listening[] = [];
  const addresses: Record<string, string> = {};
  for (const desk of DESKS) {
    const open = await transport.listen(addressOf(desk.replaceAll(' ', '-')), (call) => {
      const one = attend(call, desk, room)
        .catch(() => undefined)
        .finally(() => calls.delete(one));
      calls.add(one);
    });
    listening.push(open);
    addresses[desk] = open.address;
  }
  office.useDesks(addresses);
  return {
    addresses,
    async close() {
      closing.abort();
      await Promise.all(listening.map((open) => open.close()));
      await Promise.all(calls);
    },
  };
}

/** Does with a call what its orders say. */
async function attend(call: IncomingCall, desk: string, room: Room): Promise<void> {
  const world = room.office.find(call.context, call.headers['x-hangup-call']);
  const behaviour = world?.orders.desks ?? 'answer';
  if (behaviour === 'busy') return call.reject(486);
  if (behaviour === 'decline') return call.reject(603);
  if (behaviour === 'silent') return;
  const { phone, seed } = world?.orders ?? { phone: { codec: 'PCMU', loss: 0 } as const, seed: 0 };
  const line = await call.accept({ clock: room.clock, signal: room.signal, phone, seed });
  await converse(line, desk, world, call.context, room);
}

/** Asks for what is missing, one question a fact, and says so when there is nothing left to ask. */
async function converse(
  line: Line,
  desk: string,
  world: CallWorld | undefined,
  packetId: string | undefined,
  { speech, clock }: Room,
): Promise<void> {
  const answered = answers(line, clock);
  const packet = (packetId === undefined ? undefined : world?.packet(packetId)) ?? world?.packetFor(desk);
  const missing = missingFacts(world?.orders.expect.handoff.facts ?? [], packet?.facts ?? {});
  const breath = new Int16Array((PHONE_RATE * BREATH_MS) / 1000);
  let opening = [speech.greeting(desk), breath];
  for (const fact of missing) {
    const text = wordingOf(fact);
    const known = world?.told[fact] !== undefined;
    world?.events.push({ source: 'office', kind: 'desk-asked', at: clock.now(), desk, fact, known });
    world?.questions.ask({ fact, text });
    const { done } = line.play([concatPcm([...opening, speech.question(text)])]);
    await done;
    await answered.next(ANSWER_MS);
    opening = [];
  }
  world?.questions.end();
  await line.play([concatPcm([...opening, speech.closing(missing.length)])]).done;
  await clock.sleepUntil(after(clock.now(), FAREWELL_MS), answered.over);
  await line.hangUp();
}
