import { chance, hashSeed } from '../model/seed.ts';
import { parsePacket } from './packet.ts';

/** Where packets go and come from, below the codec: a socket, an in-process pair, or an impairment around one. */
export interface Wire {
  send(bytes: Uint8Array): void;
  /** Set by whoever listens; packets that come earlier are dropped. */
  onPacket: ((bytes: Uint8Array) => void) | undefined;
}

/** What an impairment decided for one packet. */
export interface Fate {
  readonly direction: 'out' | 'in';
  /** RTP sequence number, -1 for what is not RTP. */
  readonly seq: number;
  readonly lost: boolean;
}

/** Drops packets independently with probability `loss` in both directions, from `seed`; `note` hears every decision. */
export function lossy(inner: Wire, loss: number, seed: number, note: (fate: Fate) => void): Wire {
  const survives = (direction: Fate['direction']): ((bytes: Uint8Array) => boolean) => {
    const { next } = chance(hashSeed(seed, 'loss', direction));
    return (bytes) => {
      const lost = next() < loss;
      note({ direction, seq: parsePacket(bytes)?.seq ?? -1, lost });
      return !lost;
    };
  };
  const leaves = survives('out');
  const arrives = survives('in');
  const outer: Wire = {
    send: (bytes) => {
      if (leaves(bytes)) inner.send(bytes);
    },
    onPacket: undefined,
  };
  inner.onPacket = (bytes) => {
    if (arrives(bytes)) outer.onPacket?.(bytes);
  };
  return outer;
}

/** Two wires joined back to back, without delay. */
export function wirePair(): readonly [Wire, Wire] {
  const left: Wire = { send: (bytes) => right.onPacket?.(bytes), onPacket: undefined };
  const right: Wire = { send: (bytes) => left.onPacket?.(bytes), onPacket: undefined };
  return [left, right];
}
