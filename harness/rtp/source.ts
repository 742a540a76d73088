import { chance, hashSeed } from '../model/seed.ts';
import type { RtpPacket } from './packet.ts';

/** What a sender calls itself: SSRC, sequence numbers and timestamps, each begun at random (RFC 3550 section 5.1). */
export class Source {
  readonly #random: (range: number) => number;
  /** Media positions, in samples, at which it goes on under another name; earliest first. */
  readonly #changes: number[];
  #ssrc = 0;
  #firstTimestamp = 0;
  #seq = 0;

  constructor(seed: number, changes: readonly number[]) {
    const { next } = chance(hashSeed(seed, 'rtp'));
    this.#random = (range) => Math.floor(next() * range);
    this.#changes = changes.toSorted((a, b) => a - b);
    this.#begin();
  }

  /** The media is at `mediaIndex`: from a planned change on it is another source. */
  reach(mediaIndex: number): void {
    while (this.#changes[0] !== undefined && this.#changes[0] <= mediaIndex) {
      this.#changes.shift();
      this.#begin();
    }
  }

  /** Name and place of the next packet, whose first sample is `ticks` of the RTP clock after the leg's first. */
  stamp(ticks: number): Pick<RtpPacket, 'seq' | 'timestamp' | 'ssrc'> {
    const seq = this.#seq;
    this.#seq = (seq + 1) & 0xffff;
    return { seq, timestamp: (this.#firstTimestamp + ticks) >>> 0, ssrc: this.#ssrc };
  }

  #begin(): void {
    this.#ssrc = this.#random(2 ** 32);
    this.#firstTimestamp = this.#random(2 ** 32);
    this.#seq = this.#random(2 ** 16);
  }
}

/** What a sender with this seed calls itself at first. */
export const firstSsrc = (seed: number): number => new Source(seed, []).stamp(0).ssrc;
