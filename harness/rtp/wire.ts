import type { Network } from '../model/line.ts';
import { chance, hashSeed } from '../model/seed.ts';
import type { Ms } from '../model/time.ts';
import type { Remote } from './mail.ts';
import { parsePacket } from './packet.ts';

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

/** What an impairment decided for one packet. */
export interface Fate {
  readonly direction: 'out' | 'in';
  /** RTP sequence number, -1 for what is not RTP. */
  readonly seq: number;
  readonly lost: boolean;
  /** How long it was held back, ms. */
  readonly delayMs?: number;
}

/** When things happen below a wire: its owner's clock, and a way to have something done later. */
export interface Timer {
  now(): Ms;
  /** Does `work` once `at` has come. */
  at(at: Ms, work: () => void): void;
}

type Direction = Fate['direction'];
type Way = (bytes: Uint8Array, onwards: (bytes: Uint8Array) => void) => void;

const BOTH: readonly Direction[] = ['out', 'in'];

/** `inner` behind what a phone's network does to packets: loss, then delay. `note` hears every decision. */
export function impaired(inner: Wire, phone: Network, seed: number, timer: Timer, note: Note): Wire {
  const ways: readonly Direction[] = phone.way === undefined ? BOTH : [phone.way];
  const { loss, jitterMs = 0 } = phone;
  const thinned = loss > 0 ? lossy(inner, loss, seed, note, ways) : inner;
  return jitterMs > 0 ? jittery(thinned, jitterMs, seed, timer, note, ways) : thinned;
}

type Note = (fate: Fate) => void;

/** Drops packets independently with probability `loss` in the given directions, from `seed`; `note` hears every decision. */
export function lossy(inner: Wire, loss: number, seed: number, note: Note, ways: readonly Direction[] = BOTH): Wire {
  return through(inner, ways, (direction) => {
    const { next } = chance(hashSeed(seed, 'loss', direction));
    return (bytes, onwards) => {
      const lost = next() < loss;
      note({ direction, seq: seqOf(bytes), lost });
      if (!lost) onwards(bytes);
    };
  });
}

/**
 * Holds every packet back for a time drawn uniformly from 0 to `jitterMs`, as a queue does: none overtakes another,
 * so one that waits long makes those behind it wait.
 */
export function jittery(
  inner: Wire,
  jitterMs: number,
  seed: number,
  timer: Timer,
  note: Note,
  ways: readonly Direction[] = BOTH,
): Wire {
  return through(inner, ways, (direction) => {
    const dice = chance(hashSeed(seed, 'jitter', direction));
    let last = 0;
    return (bytes, onwards) => {
      const now = timer.now();
      last = Math.max(last, now + dice.between(0, jitterMs));
      note({ direction, seq: seqOf(bytes), lost: false, delayMs: last - now });
      timer.at(last as Ms, () => onwards(bytes));
    };
  });
}

const seqOf = (bytes: Uint8Array): number => parsePacket(bytes)?.seq ?? -1;

/** A wire around `inner` whose packets take the way `make` gives them, in the directions of `ways`. */
function through(inner: Wire, ways: readonly Direction[], make: (direction: Direction) => Way): Wire {
  const straight: Way = (bytes, onwards) => onwards(bytes);
  const [leaves, arrives] = BOTH.map((direction) => (ways.includes(direction) ? make(direction) : straight)) as [
    Way,
    Way,
  ];
  const outer: Wire = {
    send: (bytes) => leaves(bytes, (kept) => inner.send(kept)),
    onPacket: undefined,
  };
  inner.onPacket = (bytes) => arrives(bytes, (kept) => outer.onPacket?.(kept));
  return outer;
}

/** Two wires joined back to back, without delay. */
export function wirePair(): readonly [Wire, Wire] {
  const left: Wire = { send: (bytes) => right.onPacket?.(bytes), onPacket: undefined };
  const right: Wire = { send: (bytes) => left.onPacket?.(bytes), onPacket: undefined };
  return [left, right];
}
