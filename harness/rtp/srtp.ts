import { createCipheriv, createHmac, timingSafeEqual } from 'node:crypto';
import { isRtp } from './packet.ts';
import { ReplayWindow } from './replay-window.ts';
import type { CryptoSuite, MasterKey, SrtpKeys } from './srtp-keys.ts';
import type { Wire } from './wire.ts';

/** Bytes of the authentication tag (RFC 4568 section 6.2). */
const TAG_BYTES: Readonly<Record<CryptoSuite, number>> = { AES_CM_128_HMAC_SHA1_80: 10, AES_CM_128_HMAC_SHA1_32: 4 };

/** What is derived from a master key, by its label (RFC 3711 section 4.3.2). */
const LABEL = { encryption: 0, authentication: 1, salt: 2 } as const;
const LENGTH: Readonly<Record<keyof typeof LABEL, number>> = { encryption: 16, authentication: 20, salt: 14 };

/** Sequence numbers of 16 bits, counted on by a roll-over counter of 32 (RFC 3711 section 3.3.1). */
const TURN = 0x10000;

/** Sources of one stream whose counters are kept: a sender may change its own a few times, a stranger may not fill the memory. */
const MOST_SOURCES = 16;

/** The keys of one direction of a session. */
interface SessionKeys {
  readonly encryption: Buffer;
  readonly authentication: Buffer;
  readonly salt: Buffer;
  readonly tagBytes: number;
}

/** Derives a key (RFC 3711 section 4.3.1, key derivation rate 0). */
export function derivedKey({ key, salt }: MasterKey, what: keyof typeof LABEL): Buffer {
  const iv = Buffer.alloc(16);
  iv.set(salt);
  iv[7] = (iv[7] as number) ^ LABEL[what];
  return keystream(key, iv, Buffer.alloc(LENGTH[what]));
}

function sessionKeys(master: MasterKey): SessionKeys {
  return {
    encryption: derivedKey(master, 'encryption'),
    authentication: derivedKey(master, 'authentication'),
    salt: derivedKey(master, 'salt'),
    tagBytes: TAG_BYTES[master.suite],
  };
}

/** `data` XOR the key stream of AES in counter mode (RFC 3711 section 4.1.1). */
export const keystream = (key: Uint8Array, iv: Uint8Array, data: Uint8Array): Buffer =>
  createCipheriv('aes-128-ctr', key, iv).update(data);

/** Where the counter begins for a packet: the salt, its source and its number. */
function ivOf({ salt }: SessionKeys, ssrc: number, index: number): Buffer {
  const iv = Buffer.alloc(16);
  iv.writeUInt32BE(ssrc, 4);
  iv.writeUIntBE(index, 8, 6);
  for (let i = 0; i < salt.length; i++) iv[i] = (iv[i] as number) ^ (salt[i] as number);
  return iv;
}

function tagOf({ authentication, tagBytes }: SessionKeys, packet: Uint8Array, index: number): Buffer {
  const turns = Buffer.alloc(4);
  turns.writeUInt32BE(Math.floor(index / TURN) >>> 0);
  return createHmac('sha1', authentication).update(packet).update(turns).digest().subarray(0, tagBytes);
}

/** The packet with its payload, from `header` on, turned by the key stream. */
function turned(keys: SessionKeys, packet: Buffer, index: number): Buffer {
  const from = headerBytes(packet);
  const iv = ivOf(keys, packet.readUInt32BE(8), index);
  return Buffer.concat([packet.subarray(0, from), keystream(keys.encryption, iv, packet.subarray(from))]);
}

/** The header is sent in the clear, with its sources and its extension (RFC 3711 section 3.1). */
function headerBytes(packet: Buffer): number {
  const first = packet[0] as number;
  const afterSources = 12 + 4 * (first & 0x0f);
  const extension =
    first & 0x10 ? 4 + 4 * (packet.length >= afterSources + 4 ? packet.readUInt16BE(afterSources + 2) : 0) : 0;
  return Math.min(packet.length, afterSources + extension);
}

/** The state of each source, as long as there are few. */
class Sources<State> {
  readonly #states = new Map<number, State>();

  of(ssrc: number): State | undefined {
    return this.#states.get(ssrc);
  }

  set(ssrc: number, state: State): void {
    if (!this.#states.has(ssrc) && this.#states.size >= MOST_SOURCES) {
      const [oldest] = this.#states.keys();
      if (oldest !== undefined) this.#states.delete(oldest);
    }
    this.#states.set(ssrc, state);
  }
}

/** Encrypts and signs what we send. */
export class SrtpSender {
  readonly #keys: SessionKeys;
  readonly #last = new Sources<number>();

  constructor(master: MasterKey) {
    this.#keys = sessionKeys(master);
  }

  /** The packet as it goes over the wire. Call it once for each, in order. */
  protect(bytes: Uint8Array): Uint8Array {
    const packet = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const seq = packet.readUInt16BE(2);
    const ssrc = packet.readUInt32BE(8);
    const last = this.#last.of(ssrc) ?? seq;
    const index = last - (last % TURN) + seq + (seq < last % TURN ? TURN : 0);
    this.#last.set(ssrc, index);
    const sealed = turned(this.#keys, packet, index);
    return Buffer.concat([sealed, tagOf(this.#keys, sealed, index)]);
  }
}

/** Checks and decrypts what comes in. */
export class SrtpReceiver {
  readonly #keys: SessionKeys;
  readonly #windows = new Sources<ReplayWindow>();

  constructor(master: MasterKey) {
    this.#keys = sessionKeys(master);
  }

  /** Whether whoever sent it has the key. Changes nothing. */
  isAuthentic(bytes: Uint8Array): boolean {
    return this.#checked(bytes) !== undefined;
  }

  /** The packet in the clear; undefined for what is not authentic, was there before, or is too old to tell. */
  unprotect(bytes: Uint8Array): Uint8Array | undefined {
    const found = this.#checked(bytes);
    if (!found) return undefined;
    const { packet, index, window } = found;
    if (!window.admit(index)) return undefined;
    this.#windows.set(packet.readUInt32BE(8), window);
    return turned(this.#keys, packet, index);
  }

  #checked(bytes: Uint8Array): { packet: Buffer; index: number; window: ReplayWindow } | undefined {
    const { tagBytes } = this.#keys;
    if (!isRtp(bytes) || bytes.length < 12 + tagBytes) return undefined;
    const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const packet = whole.subarray(0, -tagBytes);
    const seq = packet.readUInt16BE(2);
    const window = this.#windows.of(packet.readUInt32BE(8)) ?? new ReplayWindow(seq);
    const index = window.indexOf(seq);
    if (index < 0 || !timingSafeEqual(tagOf(this.#keys, packet, index), whole.subarray(-tagBytes))) return undefined;
    return { packet, index, window };
  }
}

/** `inner` with everything on it encrypted; what is not authentic is not heard, and `onRefused` learns of it. */
export function encrypted(inner: Wire, { send, receive }: SrtpKeys, onRefused: () => void): Wire {
  const sender = new SrtpSender(send);
  const receiver = new SrtpReceiver(receive);
  const outer: Wire = {
    send: (bytes) => inner.send(sender.protect(bytes)),
    onPacket: undefined,
  };
  inner.onPacket = (bytes) => {
    const packet = receiver.unprotect(bytes);
    if (packet) outer.onPacket?.(packet);
    else if (isRtp(bytes)) onRefused();
  };
  return outer;
}
