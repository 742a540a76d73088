import { randomBytes } from 'node:crypto';

/** How packets are encrypted and signed (RFC 4568 section 6.2): AES-128 in counter mode, HMAC-SHA1 cut to 80 or 32 bits. */
export type CryptoSuite = 'AES_CM_128_HMAC_SHA1_80' | 'AES_CM_128_HMAC_SHA1_32';

/** The ones we know, the better first. */
export const CRYPTO_SUITES: readonly CryptoSuite[] = ['AES_CM_128_HMAC_SHA1_80', 'AES_CM_128_HMAC_SHA1_32'];

/** Bytes of the master key, and of the salt behind it. */
export const KEY_BYTES = 16;
export const SALT_BYTES = 14;

/** One direction's master key and salt (RFC 3711 section 3.2.1): a secret, which no log and no record may hold. */
export interface MasterKey {
  readonly suite: CryptoSuite;
  readonly key: Uint8Array;
  readonly salt: Uint8Array;
}

/** Keys of both directions of a leg. */
export interface SrtpKeys {
  readonly send: MasterKey;
  readonly receive: MasterKey;
}

/** A new key. It comes from the operating system, not from the call's seed: a seed is no secret. */
export function newMasterKey(suite: CryptoSuite): MasterKey {
  const bytes = new Uint8Array(randomBytes(KEY_BYTES + SALT_BYTES));
  return { suite, key: bytes.slice(0, KEY_BYTES), salt: bytes.slice(KEY_BYTES) };
}
