import { DialFailed, type Ending } from '../../model/line.ts';
import type { Ms } from '../../model/time.ts';
import type { NotPlaced } from '../../sip/not-placed.ts';

type Reason = Ending['reason'];

const REASONS: Readonly<Record<number, Reason>> = {
  408: 'no-answer',
  480: 'no-answer',
  488: 'no-codec',
  486: 'busy',
  487: 'no-answer',
  600: 'busy',
  603: 'declined',
  606: 'no-codec',
};

/** What `dial` throws when no call came about. */
export function dialFailed({ why, status, message }: NotPlaced, at: Ms): DialFailed {
  const ending = (by: Ending['by'], reason: Reason): DialFailed => new DialFailed({ by, reason, at, detail: message });
  switch (why) {
    case 'final':
      return ending('them', REASONS[status] ?? 'rejected');
    case 'unanswered':
      return ending('them', 'no-answer');
    case 'aborted':
      return ending('us', 'aborted');
    case 'silent':
    case 'unreachable':
    case 'configuration':
      return ending('line', 'unreachable');
  }
}

/** The final status a referrer is told (RFC 3515): ours to choose when the other side never said one. */
export const statusFor = ({ why, status }: NotPlaced): number =>
  status || { final: 500, unanswered: 408, silent: 408, unreachable: 503, configuration: 503, aborted: 487 }[why];
