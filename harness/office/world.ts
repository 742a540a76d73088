import type { ContextPacket, OfficeReply, OfficeRequest } from '../model/office.ts';
import type { Facts, Plan } from '../model/plan.ts';
import type { CallEvent } from '../model/record.ts';
import type { Ms } from '../model/time.ts';
import { freeTimes, isFree, WEEKDAYS } from './calendar.ts';
import { questionQueue } from './questions.ts';
import type { Questions } from './questions.ts';

/** What the office needs to know of a call: how slow it is, which facts its desks hold out for, what they do, and how the line sounds. */
export type DeskOrders = Pick<Plan, 'expect' | 'desks' | 'phone' | 'seed' | 'office'>;

/** Addresses of the desks by name: those they listen at, and others where nobody does. */
export interface Directory {
  readonly addresses: Readonly<Record<string, string>>;
  readonly nowhere: Readonly<Record<string, string>>;
}

const NO_ORDERS: DeskOrders = {
  expect: { handoff: { truth: 'may', facts: [] } },
  desks: 'answer',
  phone: { codec: 'PCMU', loss: 0 },
  seed: 0,
};

/** The world around one call's agent: what it was asked and what it received. */
export class CallWorld {
  readonly id: string;
  readonly orders: DeskOrders;
  readonly events: CallEvent[] = [];
  readonly questions: Questions = questionQueue();
  /** What the caller has told by now. */
  told: Facts = {};
  #packets: readonly ContextPacket[] = [];
  #commits = 0;

  constructor(id: string, orders: DeskOrders = NO_ORDERS) {
    this.id = id;
    this.orders = orders;
  }

  /** The packet called `id`. */
  packet(id: string): ContextPacket | undefined {
    return this.#packets.find((_, index) => this.#packetId(index) === id);
  }

  /** The last packet for a desk, or the last of all. */
  packetFor(desk: string): ContextPacket | undefined {
    return this.#packets.findLast((packet) => packet.desk === desk) ?? this.#packets.at(-1);
  }

  answer(request: OfficeRequest, at: Ms, { addresses, nowhere }: Directory): OfficeReply {
    switch (request.kind) {
      case 'free':
        return this.#free(request.day);
      case 'commit':
        return this.#commit(request.action, request.values, at);
      case 'handoff':
        return this.#handoff(request.packet, at);
      case 'desks':
        return { kind: 'desks', desks: this.orders.desks === 'unreachable' ? nowhere : addresses };
      case 'claim':
        this.events.push({ source: 'claim', kind: 'claim', at, claim: request.claim });
        return { kind: 'done', id: 'claim' };
    }
  }

  #packetId(index: number): string {
    return `${this.id}/${index + 1}`;
  }

  #free(day: string): OfficeReply {
    if (!WEEKDAYS.includes(day)) return { kind: 'refused', why: `"${day}" is not a weekday; ask for monday to sunday` };
    return { kind: 'free', times: freeTimes(day) };
  }

  #commit(action: string, values: Facts, at: Ms): OfficeReply {
    const { day, time } = values;
    const timed = (action === 'book' || action === 'move') && day !== undefined && time !== undefined;
    if (timed && WEEKDAYS.includes(day) && !isFree(day, time)) {
      return { kind: 'refused', why: `there is no appointment on ${day} at ${time}` };
    }
    this.#commits += 1;
    const id = `${this.id}#${this.#commits}`;
    this.events.push({ source: 'office', kind: 'commit', at, action, values, id });
    return { kind: 'done', id };
  }

  #handoff(packet: ContextPacket, at: Ms): OfficeReply {
    this.#packets = [...this.#packets, packet];
    const id = this.#packetId(this.#packets.length - 1);
    this.events.push({ source: 'office', kind: 'packet', at, id, packet });
    return { kind: 'done', id };
  }
}
