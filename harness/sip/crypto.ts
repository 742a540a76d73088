import { CRYPTO_SUITES, KEY_BYTES, SALT_BYTES, type MasterKey } from '../rtp/srtp-keys.ts';

/** A key as a description hands it over (RFC 4568), with its tag. */
export interface Crypto {
  readonly tag: number;
  readonly key: MasterKey;
}

/** `a=crypto` of a key. */
export function writeCrypto({ tag, key }: Crypto): string {
  const inline = Buffer.concat([key.key, key.salt]).toString('base64');
  return `a=crypto:${tag} ${key.suite} inline:${inline}`;
}

/**
 * The key in a line `a=crypto`; undefined for any other line, and for what we cannot use: another suite, a key of
 * another length, several keys or an identifier in each packet (MKI), or parameters of the session, which must not be
 * ignored (RFC 4568 section 6.3.7).
 */
export function readCrypto(line: string): Crypto | undefined {
  const [, tag, name, inline, rest = ''] = /^a=crypto:(\d{1,9}) (\S+) inline:(\S+)(.*)$/i.exec(line.trim()) ?? [];
  const suite = CRYPTO_SUITES.find((known) => known === name?.toUpperCase());
  if (!suite || inline === undefined || rest.trim() !== '') return undefined;
  // Behind the key may come how many packets it is for: more than any call has.
  const [coded = '', ...parameters] = inline.split('|');
  if (parameters.length > 1 || parameters.some((parameter) => parameter.includes(':'))) return undefined;
  const bytes = new Uint8Array(Buffer.from(coded, 'base64'));
  if (bytes.length !== KEY_BYTES + SALT_BYTES) return undefined;
  return { tag: Number(tag), key: { suite, key: bytes.slice(0, KEY_BYTES), salt: bytes.slice(KEY_BYTES) } };
}
