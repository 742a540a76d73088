import type { IncomingCall, Line, Listening, Transport } from '../model/line.ts';
import { concatPcm, PHONE_RATE } from '../model/audio.ts';
import type { CallEvent } from '../model/record.ts';
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
/** How long a desk waits for the caller it was asked to take, ms. */
const CONSULTATION_MS = 20_000;

/** Lines at which the desks can be called. */
export interface Desks {
  readonly addresses: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** Addresses on a line, for a name without spaces. */
export interface Addresses {
  /** One to listen at, e.g. `sip:billing@127.0.0.1:0`. */
  at(name: string): string;
  /** One where nobody listens. */
  nowhere(name: string): string;
}

/** What the desks share. */
interface Room {
  readonly office: Office;
  readonly speech: DeskSpeech;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Opens a listening line per desk and tells the office where they are. Spaces in names become hyphens. */
export async function openDesks(
  transport: Transport,
  office: Office,
  speech: DeskSpeech,
  clock: Clock,
  on: Addresses,
): Promise<Desks> {
  const closing = new AbortController();
  const room: Room = { office, speech, clock, signal: closing.signal };
  const calls = new Set<Promise<void>>();
  const listening: Listening[] = [];
  const addresses: Record<string, string> = {};
  const nowhere: Record<string, string> = {};
  for (const desk of DESKS) {
    const name = desk.replaceAll(' ', '-');
    nowhere[desk] = on.nowhere(name);
    const open = await transport.listen(on.at(name), (call) => {
      const one = attend(call, desk, room)
        .catch(() => undefined)
        .finally(() => calls.delete(one));
      calls.add(one);
    });
    listening.push(open);
    addresses[desk] = open.address;
  }
  office.useDesks(addresses, nowhere);
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
  const log = logOf(world, desk, call, room.clock);
  log.rang();
  const behaviour = world?.orders.desks ?? 'answer';
  if (behaviour === 'silent') {
    await whenAborted(AbortSignal.any([call.over, room.signal]));
    return log.reacted('silent');
  }
  if (behaviour === 'busy' || behaviour === 'decline') {
    log.reacted(behaviour === 'busy' ? 'busy' : 'declined');
    return call.reject(behaviour === 'busy' ? 486 : 603);
  }
  const { phone, seed } = world?.orders ?? { phone: { codec: 'PCMU', loss: 0 } as const, seed: 0 };
  const { band: _band, ...telephone } = phone;
  log.reacted('answered');
  const line = await call.accept({ clock: room.clock, signal: room.signal, phone: telephone, seed });
  await (log.who === 'agent' ? greet(line, desk, room) : converse(line, desk, world, call.context, room));
}

type Reaction = Extract<CallEvent, { kind: 'desk-reacted' }>;

/** Who rings, and the book that says so: nobody sent an agent that calls to ask. */
function logOf(
  world: CallWorld | undefined,
  desk: string,
  call: IncomingCall,
  clock: Clock,
): { readonly who: Reaction['for']; rang(): void; reacted(how: Reaction['how']): void } {
  const who = call.referredBy === undefined ? 'agent' : 'caller';
  const about = { source: 'office', desk, for: who } as const;
  return {
    who,
    rang: () => void world?.events.push({ ...about, kind: 'desk-rang', at: clock.now() }),
    reacted: (how) => void world?.events.push({ ...about, kind: 'desk-reacted', at: clock.now(), how }),
  };
}

const whenAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** Says who is there to whoever asks before sending the caller, and waits for her to take that call's place. */
async function greet(line: Line, desk: string, { speech, clock }: Room): Promise<void> {
  const { over } = answers(line, clock);
  line.play([speech.greeting(desk)]);
  await clock.sleepUntil(after(clock.now(), CONSULTATION_MS), over);
  await line.hangUp();
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
