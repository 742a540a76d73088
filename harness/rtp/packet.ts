/** One RTP packet (RFC 3550 section 5.1). */
export interface RtpPacket {
  readonly payloadType: number;
  readonly marker: boolean;
  /** 16 bits. */
  readonly seq: number;
  /** 32 bits, in samples. */
  readonly timestamp: number;
  /** 32 bits. */
  readonly ssrc: number;
  readonly payload: Uint8Array;
}

const HEADER_BYTES = 12;
const VERSION = 2;

/** The bytes of `packet`, without padding, extension or contributing sources. */
export function buildPacket(packet: RtpPacket): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES + packet.payload.length);
  bytes[0] = VERSION << 6;
  bytes[1] = (packet.marker ? 0x80 : 0) | packet.payloadType;
  bytes[2] = packet.seq >>> 8;
  bytes[3] = packet.seq;
  put32(bytes, 4, packet.timestamp);
  put32(bytes, 8, packet.ssrc);
  bytes.set(packet.payload, HEADER_BYTES);
  return bytes;
}

/** The packet in `bytes`, or undefined for anything that is not RTP: another version, RTCP (RFC 5761 section 4), truncated. */
export function parsePacket(bytes: Uint8Array): RtpPacket | undefined {
  const [first = 0, second = 0] = bytes;
  if (!isRtp(bytes)) return undefined;
  const from = payloadStart(bytes, first);
  const to = bytes.length - (first & 0x20 ? (bytes[bytes.length - 1] ?? 0) : 0);
  if (from > to) return undefined;
  return {
    payloadType: second & 0x7f,
    marker: (second & 0x80) !== 0,
    seq: ((bytes[2] as number) << 8) | (bytes[3] as number),
    timestamp: get32(bytes, 4),
    ssrc: get32(bytes, 8),
    payload: bytes.subarray(from, to),
  };
}

/** Whether it has an RTP header, encrypted behind it or not. */
export const isRtp = (bytes: Uint8Array): boolean =>
  bytes.length >= HEADER_BYTES && (bytes[0] ?? 0) >> 6 === VERSION && !isRtcp(bytes[1] ?? 0);

const isRtcp = (second: number): boolean => second >= 192 && second <= 223;

function payloadStart(bytes: Uint8Array, first: number): number {
  const afterSources = HEADER_BYTES + 4 * (first & 0x0f);
  if (!(first & 0x10)) return afterSources;
  const words = ((bytes[afterSources + 2] ?? 0xff) << 8) | (bytes[afterSources + 3] ?? 0xff);
  return afterSources + 4 + 4 * words;
}

function put32(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 24;
  bytes[at + 1] = value >>> 16;
  bytes[at + 2] = value >>> 8;
  bytes[at + 3] = value;
}

function get32(bytes: Uint8Array, at: number): number {
  const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(at, at + 4);
  return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
}
