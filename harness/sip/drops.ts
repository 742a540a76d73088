import { chance, hashSeed } from '../model/seed.ts';

/** Decides the fate of one SIP datagram: true loses it. The seam by which tests make the network bad. */
export type Drops = (direction: 'in' | 'out') => boolean;

/** A network that loses nothing. */
export const nothingLost: Drops = () => false;

/** Loses `share` (0 to 1) of the datagrams of each direction, the same ones for the same seed. */
export function seededDrops(seed: number, share: number): Drops {
  const dice = { in: chance(hashSeed(seed, 'in')), out: chance(hashSeed(seed, 'out')) };
  return (direction) => dice[direction].next() < share;
}
