import { createHmac, timingSafeEqual } from 'node:crypto';
import { unixTime } from '../clock/wall.ts';

/** Headers a signed request carries. */
export const TIMESTAMP = 'x-hangup-timestamp';
export const SIGNATURE = 'x-hangup-signature';

/** Seconds by which a request may be old, or early. */
const TOLERANCE = 300;

/** The value of `X-Hangup-Signature`: `sha256=` and the HMAC-SHA256 (RFC 2104) of `TIMESTAMP.BODY`, in hex. */
export const signatureOf = (secret: string, timestamp: string, body: string): string =>
  `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;

/** A request as it came in. */
export interface Received {
  /** By lower-case name, as Node gives them; of a fetch Request: `Object.fromEntries(request.headers)`. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The body's bytes as text, before anybody parsed it. */
  readonly body: string;
}

/**
 * Whether a request to a hook's URL comes from whoever knows `secret`, unchanged and no more than five minutes old.
 * `now` is in Unix seconds.
 */
export function verifyHook({ headers, body }: Received, secret: string, now = unixTime()): boolean {
  const [timestamp, given] = [headers[TIMESTAMP], headers[SIGNATURE]];
  if (typeof timestamp !== 'string' || typeof given !== 'string' || !/^\d+$/.test(timestamp)) return false;
  if (Math.abs(now - Number(timestamp)) > TOLERANCE) return false;
  const [mine, theirs] = [signatureOf(secret, timestamp, body), given].map((text) => Buffer.from(text));
  return mine !== undefined && theirs !== undefined && mine.length === theirs.length && timingSafeEqual(mine, theirs);
}
