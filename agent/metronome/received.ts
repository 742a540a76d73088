import type { Incoming } from '../../harness/model/line.ts';
import { ms } from '../../harness/model/time.ts';
import type { Ms } from '../../harness/model/time.ts';

/** Where the sender's samples sit on our clock: the earliest any packet has put sample 0. */
export interface ReceivedClock {
  readonly originMs: number;
  readonly rate: number;
}

/** A clock nothing has arrived on. */
export const receivedClock = (rate: number): ReceivedClock => ({ originMs: Infinity, rate });

/** Learns from a packet. Delay only ever adds, so the earliest one is the truest (metrics.md 4.2). */
export function learnArrival(clock: ReceivedClock, packet: Extract<Incoming, { kind: 'audio' }>): ReceivedClock {
  if (packet.lost) return clock;
  const originMs = packet.arrivedAt - (packet.mediaIndex * 1000) / clock.rate;
  return originMs < clock.originMs ? { ...clock, originMs } : clock;
}

/** When `sample` arrived, or would have without delay. */
export const arrivalOf = (clock: ReceivedClock, sample: number): Ms =>
  ms(clock.originMs + (sample * 1000) / clock.rate);
