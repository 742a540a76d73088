import type { Fate, Network } from '../model/network.ts';
import { hashSeed } from '../model/seed.ts';
import type { Ms } from '../model/time.ts';
import { impairmentsOf, Lane } from './lane.ts';
import type { Remote } from './mail.ts';
import { isRtp } from './packet.ts';

/** Where packets go and come from, below the codec: a socket, an in-process pair, or an impairment around one. */
export interface Wire {
  send(bytes: Uint8Array): void;
  /** Set by whoever listens; packets that come earlier are dropped. */
  onPacket: ((bytes: Uint8Array) => void) | undefined;
}

/** A wire that belongs to one leg of a media thread. */
export interface Port extends Wire {
  /** The UDP port it is bound to; 0 where that is not for us to know. */
  readonly port: number;
  /** Whether a packet is the other side's own, as far as that can be told. */
  isTrusted: (bytes: Uint8Array) => boolean;
  /** Sends there from now on. */
  aim(remote: Remote): void;
  /** Does what only this kind of port understands. */
  obey?(order: object): void;
  close(): void;
}

/** When things happen below a wire: its owner's clock, and a way to have something done later. */
export interface Timer {
  now(): Ms;
  /** Does `work` once `at` has come. */
  at(at: Ms, work: () => void): void;
}

type Onwards = (bytes: Uint8Array) => void;
type Road = (direction: Fate['direction'], onwards: Onwards) => Onwards;

/**
 * `inner` behind what a phone's network does to packets (harness/rtp/impairments). `note` hears of every packet of an
 * impaired direction, when it enters. What is not RTP has dice of its own, so that RTP packet n has the same fate
 * whatever comes between.
 */
export function impaired(inner: Wire, network: Network, seed: number, timer: Timer, note: (fate: Fate) => void): Wire {
  return through(inner, (direction, onwards) => {
    const settings = network.way === undefined || network.way === direction ? network : network.back;
    if (!settings || impairmentsOf(settings, direction, seed).length === 0) return onwards;
    const lane = (dice: number): Lane => {
      const impairments = impairmentsOf(settings, direction, dice);
      return new Lane({ direction, impairments, order: settings.order, timer, note, onwards });
    };
    const [media, control] = [lane(seed), lane(hashSeed(seed, 'control'))];
    return (bytes) => (isRtp(bytes) ? media : control).take(bytes);
  });
}

/** A wire around `inner` whose packets take the road of their direction. */
function through(inner: Wire, road: Road): Wire {
  const outer: Wire = { send: road('out', (bytes) => inner.send(bytes)), onPacket: undefined };
  inner.onPacket = road('in', (bytes) => outer.onPacket?.(bytes));
  return outer;
}

/** Two wires joined back to back, without delay. */
export function wirePair(): readonly [Wire, Wire] {
  const left: Wire = { send: (bytes) => right.onPacket?.(bytes), onPacket: undefined };
  const right: Wire = { send: (bytes) => left.onPacket?.(bytes), onPacket: undefined };
  return [left, right];
}
