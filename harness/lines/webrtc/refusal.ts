import { DialFailed, type Ending } from '../../model/line.ts';
import type { Ms } from '../../model/time.ts';
import { PeerTrouble } from '../../webrtc/peer.ts';
import { placeOf, Refused } from '../../webrtc/signalling/signalling.ts';

type Reason = Ending['reason'];

/** What a telephone's word in an answer of one of our own listeners means. */
const SAID: Readonly<Record<number, Reason>> = { 480: 'no-answer', 486: 'busy', 488: 'no-codec', 603: 'declined' };

/** What HTTP's own words mean for a call. */
const STATUS: Readonly<Record<number, Reason>> = { 404: 'unreachable', 406: 'no-codec', 429: 'busy', 503: 'busy' };

/** Whoever was called wants no audio of ours, or none we have. */
export class NoCodec extends Error {
  override readonly name = 'NoCodec';
}

/** What `dial` throws for `error`; anything but a call's own trouble is thrown on as it is. */
export function dialFailed(error: unknown, url: URL, at: Ms): unknown {
  const failed = (by: Ending['by'], reason: Reason, detail: string): DialFailed =>
    new DialFailed({ by, reason, at, detail });
  if (error instanceof Refused) {
    return failed('them', (error.said ? SAID[error.said] : STATUS[error.status]) ?? 'rejected', error.message);
  }
  if (error instanceof NoCodec) return failed('them', 'no-codec', error.message);
  if (error instanceof PeerTrouble) return failed('line', 'unreachable', error.message);
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  if (code === undefined || !/^(?:E[A-Z]|CERT_|DEPTH_|UNABLE_|SELF_|HPE_|ERR_TLS|ERR_SSL)/.test(code)) return error;
  return failed('line', 'unreachable', `${placeOf(url)} cannot be reached (${code})`);
}

/** The status a referrer is told, as a telephone would say it. */
export function statusFor(error: unknown): number {
  if (!(error instanceof DialFailed)) return 500;
  const { by, detail } = error.ending;
  const word = by === 'them' ? /^[346]\d\d (?=[A-Z])/.exec(detail) : null;
  if (word) return Number(word[0]);
  const said: Partial<Record<Reason, number>> = {
    busy: 486,
    declined: 603,
    'no-answer': 480,
    'no-codec': 488,
    aborted: 487,
  };
  return said[error.ending.reason] ?? 503;
}
