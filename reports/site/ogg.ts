/** What a player must know of an Opus stream before its first packet (RFC 7845 section 5.1). Samples are of 48 kHz. */
export interface OpusHead {
  /** Samples at the beginning that the decoder needs and nobody hears. */
  readonly preSkip: number;
  /** Rate of what was encoded, Hz; for information. */
  readonly inputRate: number;
}

/** Samples of 48 kHz that an Opus packet of 20 ms holds. */
export const PACKET_SAMPLES = 960;
/** Packets a page: a second of sound. */
const PACKETS_A_PAGE = 50;
const FIRST = 2;
const LAST = 4;

/**
 * An Ogg Opus file (RFC 3533, RFC 7845) of two channels that are streams of their own, so that nothing of one is heard on
 * the other. Each packet holds 20 ms of both, as `twoStreams` packs them; `length` is how much is heard, in samples of 48 kHz.
 */
export function oggOpus(head: OpusHead, packets: readonly Uint8Array[], length: number): Uint8Array {
  const end = head.preSkip + length;
  const pages = [page([headPacket(head)], 0, 0, FIRST), page([tagsPacket()], 0, 1, 0)];
  for (let from = 0; from < packets.length; from += PACKETS_A_PAGE) {
    const upTo = Math.min(packets.length, from + PACKETS_A_PAGE);
    const last = upTo === packets.length;
    // The last page's position cuts off what was encoded beyond the end (RFC 7845 section 4.4).
    const position = last ? Math.min(end, upTo * PACKET_SAMPLES) : upTo * PACKET_SAMPLES;
    pages.push(page(packets.slice(from, upTo), position, pages.length, last ? LAST : 0));
  }
  return Buffer.concat(pages);
}

/** Channel mapping family 1: left and right, two streams, none of them coupled. */
function headPacket({ preSkip, inputRate }: OpusHead): Uint8Array {
  const packet = Buffer.alloc(23);
  packet.write('OpusHead');
  packet.writeUInt8(1, 8);
  packet.writeUInt8(2, 9);
  packet.writeUInt16LE(preSkip, 10);
  packet.writeUInt32LE(inputRate, 12);
  packet.writeInt16LE(0, 16);
  packet.set([1, 2, 0, 0, 1], 18);
  return packet;
}

function tagsPacket(): Uint8Array {
  const vendor = Buffer.from('hangup');
  const packet = Buffer.alloc(16 + vendor.length);
  packet.write('OpusTags');
  packet.writeUInt32LE(vendor.length, 8);
  vendor.copy(packet, 12);
  return packet;
}

/**
 * One packet of two streams: all but the last are self-delimiting (RFC 6716 appendix B), which for a packet of one frame
 * puts its length behind the first byte. Throws for a packet of several frames, which the encoder does not make of 20 ms.
 */
export function twoStreams(left: Uint8Array, right: Uint8Array): Uint8Array {
  const [toc = 0] = left;
  if ((toc & 3) !== 0) throw new Error(`an Opus packet of 20 ms has one frame, not those of code ${toc & 3}`);
  return Buffer.concat([left.subarray(0, 1), frameLength(left.length - 1), left.subarray(1), right]);
}

/** RFC 6716 section 3.2.1. */
const frameLength = (bytes: number): Uint8Array =>
  Uint8Array.from(bytes < 252 ? [bytes] : [252 + (bytes & 3), (bytes - 252 - (bytes & 3)) / 4]);

function page(packets: readonly Uint8Array[], position: number, sequence: number, flags: number): Uint8Array {
  const lacing = packets.flatMap(({ length }) => [...Array<number>(Math.floor(length / 255)).fill(255), length % 255]);
  const header = Buffer.alloc(27 + lacing.length);
  header.write('OggS');
  header.writeUInt8(flags, 5);
  header.writeBigInt64LE(BigInt(position), 6);
  header.writeUInt32LE(1, 14);
  header.writeUInt32LE(sequence, 18);
  header.writeUInt8(lacing.length, 26);
  header.set(lacing, 27);
  const whole = Buffer.concat([header, ...packets]);
  whole.writeUInt32LE(checksum(whole), 22);
  return whole;
}

/** CRC-32 of Ogg: polynomial 0x04c11db7, not reflected, from 0 (RFC 3533 section 6). */
function checksum(bytes: Uint8Array): number {
  let sum = 0;
  for (const byte of bytes) sum = ((sum << 8) ^ (TABLE[((sum >>> 24) ^ byte) & 0xff] ?? 0)) >>> 0;
  return sum;
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = (byte << 24) >>> 0;
  for (let bit = 0; bit < 8; bit++) sum = ((sum << 1) ^ (sum & 0x80000000 ? 0x04c11db7 : 0)) >>> 0;
  return sum;
});
