import type { Fate, Network } from '../../../harness/model/network.ts';
import { ms, type Ms } from '../../../harness/model/time.ts';
import { buildPacket, parsePacket } from '../../../harness/rtp/packet.ts';
import { impaired, type Timer, wirePair } from '../../../harness/rtp/wire.ts';

/** Time that moves when it is told to, and wakes whoever is due in order. */
export function handClock(): Timer & { move(to: number): void } {
  let now = 0;
  let waiting: { at: Ms; work: () => void }[] = [];
  const next = (to: number): { at: Ms; work: () => void } | undefined =>
    waiting.filter(({ at }) => at <= to).toSorted((a, b) => a.at - b.at)[0];
  return {
    now: () => ms(now),
    at: (at, work) => void waiting.push({ at, work }),
    move: (to) => {
      for (let due = next(to); due; due = next(to)) {
        waiting = waiting.filter((one) => one !== due);
        now = Math.max(now, due.at);
        due.work();
      }
      now = to;
    },
  };
}

export const PTIME = 20;

export const packet = (seq: number): Uint8Array =>
  buildPacket({ payloadType: 0, marker: false, seq: seq & 0xffff, timestamp: 0, ssrc: 1, payload: new Uint8Array(1) });

/** One packet that came out at the other end: the how-manyeth it was when it was sent, and how long it took. */
export interface Delivered {
  readonly n: number;
  readonly delay: number;
}

/**
 * `count` packets, one every 20 ms (each `late(n)` ms after its time), out through `network`: what came, and what was
 * decided. Fewer than 65536.
 */
export function sentThrough(
  network: Network,
  {
    seed = 1,
    count = 2000,
    late = (): number => 0,
  }: { seed?: number; count?: number; late?: (n: number) => number } = {},
): { readonly delivered: readonly Delivered[]; readonly fates: readonly Fate[] } {
  const timer = handClock();
  const fates: Fate[] = [];
  const delivered: Delivered[] = [];
  const [near, far] = wirePair();
  const wire = impaired(near, network, seed, timer, (fate) => fates.push(fate));
  far.onPacket = (bytes) => {
    const n = parsePacket(bytes)?.seq ?? -1;
    delivered.push({ n, delay: timer.now() - n * PTIME - late(n) });
  };
  for (let n = 0; n < count; n++) {
    timer.move(n * PTIME + late(n));
    wire.send(packet(n));
  }
  timer.move(1e9);
  return { delivered, fates };
}
