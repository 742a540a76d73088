import type { Ms } from '../model/time.ts';
import type { RtpPacket } from './packet.ts';

/** Sequence numbers further off than this are another stream (MAX_DROPOUT of RFC 3550 appendix A.1). */
const MOST_DROPOUT = 3000;

/** A timestamp may run ahead of the packets' own pace by this much before it counts as a restarted clock, ms. */
const MOST_LEAP_MS = 2_000;

/** How a source counts. */
export interface Pace {
  /** Samples of our audio in a tick of its RTP clock. */
  readonly samplesPerTick: number;
  readonly samplesPerMs: number;
}

/** Where a stretch of the sender's sample clock begins in the leg's received audio. */
interface Beginning {
  readonly stretch: number;
  readonly base: number;
}

/** The sample clock of one source: turns its 16-bit sequence numbers and 32-bit timestamps into positions. */
export class SampleClock {
  readonly ssrc: number;
  readonly pace: Pace;
  #stretch: number;
  #end: number;
  #lastAt: Ms | undefined;
  #highest: number;
  /** A timestamp and the index it stands for. */
  #anchor: { timestamp: number; index: number };

  constructor(first: RtpPacket, begin: Beginning, pace: Pace) {
    this.ssrc = first.ssrc;
    this.pace = pace;
    this.#stretch = begin.stretch;
    this.#end = begin.base;
    // One turn of the counter ahead, so that a packet that overtook an earlier one leaves it a positive number.
    this.#highest = 0x10000 + first.seq;
    this.#anchor = { timestamp: first.timestamp, index: begin.base };
  }

  /** Counts the restarts of the sender's clock. */
  get stretch(): number {
    return this.#stretch;
  }

  /** One past the last sample received. */
  get end(): number {
    return this.#end;
  }

  /** Whether `packet` belongs to the same stream. */
  continues(packet: RtpPacket): boolean {
    return packet.ssrc === this.ssrc && Math.abs(this.#step(packet.seq)) <= MOST_DROPOUT;
  }

  /** The sequence number without wrapping. */
  orderOf(seq: number): number {
    const order = this.#highest + this.#step(seq);
    this.#highest = Math.max(this.#highest, order);
    return order;
  }

  /** Index in the leg's received audio of the sample with this timestamp. */
  indexOf(timestamp: number): number {
    const ticks = (timestamp - this.#anchor.timestamp) | 0;
    return this.#anchor.index + Math.round(ticks * this.pace.samplesPerTick);
  }

  /** Moves on past the next audio packet in order; a timestamp that makes no sense begins a new stretch. */
  follow(packet: RtpPacket, at: Ms, samples: number): void {
    const leap = this.indexOf(packet.timestamp) - this.#end;
    const elapsed = this.#lastAt === undefined ? 0 : at - this.#lastAt;
    if (leap < 0 || leap > (elapsed + MOST_LEAP_MS) * this.pace.samplesPerMs) {
      this.#stretch++;
      this.#anchor = { timestamp: packet.timestamp, index: this.#end };
    } else {
      this.#anchor = { timestamp: packet.timestamp, index: this.#end + leap };
    }
    this.#end = this.#anchor.index + samples;
    this.#lastAt = at;
  }

  #step(seq: number): number {
    return ((seq - this.#highest) << 16) >> 16;
  }
}
