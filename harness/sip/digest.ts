import { createHash } from 'node:crypto';

/** Digest credentials (RFC 7616). */
export interface Credentials {
  readonly user: string;
  readonly password: string;
}

/** What a server asks for in WWW-Authenticate or Proxy-Authenticate. */
export interface Challenge {
  readonly realm: string;
  readonly nonce: string;
  /** As the server wrote it; undefined means MD5. */
  readonly algorithm: string | undefined;
  /** Whether it takes `qop=auth`; a server of RFC 2069 names no qop at all. */
  readonly qop: 'auth' | 'none';
  readonly opaque: string | undefined;
  /** The proof was right and its nonce merely old. */
  readonly stale: boolean;
}

/** What is proven: one request. */
export interface Proven {
  readonly method: string;
  readonly uri: string;
  /** How often this nonce has been used, from 1. */
  readonly count: number;
  readonly cnonce: string;
}

/** Algorithms we prove with, the strongest first (RFC 8760). */
const HASHES = { 'SHA-512-256': 'sha512-256', 'SHA-256': 'sha256', MD5: 'md5' } as const;
type Algorithm = keyof typeof HASHES;

/**
 * The challenges of one response, from its header values: one each, or several in one. What is no Digest is left out,
 * and so is one that asks for a `qop` other than `auth`.
 */
export function readChallenges(values: readonly string[]): readonly Challenge[] {
  return values
    .flatMap((value) => value.split(/,\s*(?=Digest\s)/i))
    .flatMap((value) => {
      const challenge = readChallenge(value);
      return challenge ? [challenge] : [];
    });
}

function readChallenge(value: string): Challenge | undefined {
  const parameters = /^\s*Digest\s+(.*)$/is.exec(value)?.[1];
  if (parameters === undefined) return undefined;
  const named = new Map<string, string>();
  for (const [, name = '', quoted, plain] of parameters.matchAll(
    /([\w-]{1,32})\s*=\s*(?:"((?:\\.|[^"\\])*)"|([^\s,"]+))/g,
  )) {
    named.set(name.toLowerCase(), quoted?.replaceAll(/\\(.)/g, '$1') ?? plain ?? '');
  }
  const [realm, nonce, qop] = [named.get('realm'), named.get('nonce'), named.get('qop')];
  if (realm === undefined || nonce === undefined) return undefined;
  if (qop !== undefined && !/(?:^|[,\s])auth(?:$|[,\s])/i.test(qop)) return undefined;
  return {
    realm,
    nonce,
    algorithm: named.get('algorithm'),
    qop: qop === undefined ? 'none' : 'auth',
    opaque: named.get('opaque'),
    stale: named.get('stale')?.toLowerCase() === 'true',
  };
}

/** The challenge we answer best: SHA-512-256, then SHA-256, then MD5. Undefined when we know none of their algorithms. */
export function strongest(challenges: readonly Challenge[]): Challenge | undefined {
  for (const algorithm of Object.keys(HASHES)) {
    const found = challenges.find((challenge) => algorithmOf(challenge) === algorithm);
    if (found) return found;
  }
  return undefined;
}

const algorithmOf = ({ algorithm = 'MD5' }: Challenge): Algorithm | undefined =>
  (Object.keys(HASHES) as Algorithm[]).find((known) => known === algorithm.toUpperCase());

/** The Authorization value that answers `challenge` (RFC 7616 3.4). Throws for an algorithm that `strongest` never picks. */
export function proof(challenge: Challenge, { user, password }: Credentials, proven: Proven): string {
  const algorithm = algorithmOf(challenge);
  if (algorithm === undefined) throw new Error(`no digest is known by the name ${challenge.algorithm}`);
  const hash = (text: string): string => createHash(HASHES[algorithm]).update(text).digest('hex');
  const { realm, nonce, opaque, qop } = challenge;
  const { method, uri, cnonce } = proven;
  const nc = proven.count.toString(16).padStart(8, '0');
  const middle = qop === 'auth' ? `${nonce}:${nc}:${cnonce}:auth` : nonce;
  const response = hash(`${hash(`${user}:${realm}:${password}`)}:${middle}:${hash(`${method}:${uri}`)}`);
  return `Digest ${[
    `username=${quoted(user)}`,
    `realm=${quoted(realm)}`,
    `nonce=${quoted(nonce)}`,
    `uri=${quoted(uri)}`,
    `response="${response}"`,
    `algorithm=${algorithm}`,
    ...(qop === 'auth' ? ['qop=auth', `nc=${nc}`, `cnonce=${quoted(cnonce)}`] : []),
    ...(opaque === undefined ? [] : [`opaque=${quoted(opaque)}`]),
  ].join(', ')}`;
}

const quoted = (text: string): string => `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
