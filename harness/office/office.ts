import type { OfficeDoor, OfficeReply, OfficeRequest } from '../model/office.ts';
import type { Facts } from '../model/plan.ts';
import type { CallEvent } from '../model/record.ts';
import { after } from '../model/time.ts';
import type { Clock } from '../model/time.ts';
import type { Question } from './questions.ts';
import { CallWorld } from './world.ts';
import type { DeskOrders, Directory } from './world.ts';

export type { DeskOrders } from './world.ts';
export type { Question } from './questions.ts';

/** The harness's own office: calendar, messages and desks, one world per call. What it received is a fact. */
export interface Office {
  /** Opens the world of a call that is about to be placed. */
  begin(callId: string, orders: DeskOrders): void;
  /** What the agent in that call does there; a call nobody announced gets a world without orders. */
  door(callId: string): OfficeDoor;
  /** What the caller has told by now: a desk knows what it need not have asked. */
  told(callId: string, facts: Facts): void;
  /** What the office received of a call, and what was claimed; on the office's clock. */
  events(callId: string): readonly CallEvent[];
  /** Questions of the desk she was put through to; ends when it has all it wants. One reader. */
  questions(callId: string): AsyncIterable<Question>;
  /** Where the desks can be called, by name, and where nobody can: what a call is told whose desks are unreachable. */
  useDesks(addresses: Readonly<Record<string, string>>, nowhere: Readonly<Record<string, string>>): void;
  /** The call a desk's caller belongs to: by packet id, or by her call's own id. */
  find(packetId: string | undefined, callId: string | undefined): CallWorld | undefined;
  /** Forgets a call. */
  end(callId: string): void;
}

/** What a slow office takes its time for: its calendar. Handovers and claims are only written down. */
const SLOW: ReadonlySet<OfficeRequest['kind']> = new Set(['free', 'commit']);

/** Opens an empty office. Events are stamped with `clock`. */
export function openOffice(clock: Clock): Office {
  const worlds = new Map<string, CallWorld>();
  let desks: Directory = { addresses: {}, nowhere: {} };
  const world = (callId: string): CallWorld => {
    const known = worlds.get(callId) ?? new CallWorld(callId);
    worlds.set(callId, known);
    return known;
  };
  const serve = async (asked: CallWorld, request: OfficeRequest): Promise<OfficeReply> => {
    const delayMs = SLOW.has(request.kind) ? (asked.orders.office?.delayMs ?? 0) : 0;
    if (delayMs > 0) await clock.sleepUntil(after(clock.now(), delayMs));
    return asked.answer(request, clock.now(), desks);
  };
  return {
    begin: (callId, orders) => void worlds.set(callId, new CallWorld(callId, orders)),
    door: (callId) => ({ ask: (request) => serve(world(callId), request) }),
    told: (callId, facts) => void (world(callId).told = facts),
    events: (callId) => worlds.get(callId)?.events ?? [],
    questions: (callId) => world(callId).questions.asked,
    useDesks: (addresses, nowhere) => void (desks = { addresses, nowhere }),
    find(packetId, callId) {
      const byPacket = packetId && [...worlds.values()].find((candidate) => candidate.packet(packetId));
      return byPacket || (callId === undefined ? undefined : worlds.get(callId));
    },
    end: (callId) => void worlds.delete(callId),
  };
}
