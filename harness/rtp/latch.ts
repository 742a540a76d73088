import type { Remote } from './mail.ts';
import type { RtpPacket } from './packet.ts';

/** Packets in a row, of one source at one address, that show where a sender is whose description says otherwise. */
const ENOUGH = 3;

/** Sequence numbers of neighbours may be this far apart: some are lost. */
const NEAR = 50;

/** A sender seen at an address. */
interface Candidate {
  readonly at: Remote;
  readonly ssrc: number;
  seq: number;
  count: number;
}

export const isSame = (a: Remote, b: Remote): boolean => a.host === b.host && a.port === b.port;

/**
 * Finds out where media really comes from (symmetric RTP, RFC 4961): a sender behind a NAT describes an address nobody
 * can reach. The described address is taken at its first packet, another one after three of one stream. Whoever holds
 * it locks on to what it finds, once: a second source is never followed.
 */
export class Latch {
  readonly #described: Remote;
  readonly #candidates: Candidate[] = [];

  constructor(described: Remote) {
    this.#described = described;
  }

  /** Looks at a packet that came from `at`; the address to lock on to, once it is known. */
  see(packet: Pick<RtpPacket, 'ssrc' | 'seq'>, at: Remote): Remote | undefined {
    if (isSame(at, this.#described)) return at;
    const known = this.#candidates.find((each) => isSame(each.at, at) && each.ssrc === packet.ssrc);
    if (!known) {
      this.#candidates.push({ at, ssrc: packet.ssrc, seq: packet.seq, count: 1 });
      if (this.#candidates.length > ENOUGH) this.#candidates.shift();
      return undefined;
    }
    const step = ((packet.seq - known.seq) << 16) >> 16;
    known.count = step > 0 && step <= NEAR ? known.count + 1 : 1;
    known.seq = packet.seq;
    return known.count >= ENOUGH ? at : undefined;
  }
}
