import { DialFailed, type Ending } from '../../model/line.ts';
import type { Ms } from '../../model/time.ts';

/** Why no call came about, as a final SIP status (RFC 3261 section 21) would say it. */
export interface Refusal {
  readonly status: number;
  readonly by: Ending['by'];
  readonly reason: Ending['reason'];
  readonly detail: string;
}

export const REFUSED = {
  480: { status: 480, by: 'them', reason: 'no-answer', detail: '480 Temporarily Unavailable' },
  481: { status: 481, by: 'them', reason: 'rejected', detail: '481 Call/Transaction Does Not Exist' },
  486: { status: 486, by: 'them', reason: 'busy', detail: '486 Busy Here' },
  603: { status: 603, by: 'them', reason: 'declined', detail: '603 Decline' },
  aborted: { status: 487, by: 'us', reason: 'aborted', detail: '487 Request Terminated: we stopped ringing' },
} as const satisfies Record<string, Refusal>;

/** Nobody picked up. */
export const unanswered = (ringTimeout: Ms): Refusal => ({
  status: 408,
  by: 'them',
  reason: 'no-answer',
  detail: `408 Request Timeout: nobody answered within ${ringTimeout / 1000} s`,
});

/** Nobody is there to ring. */
export const unreachable = (address: string): Refusal => ({
  status: 404,
  by: 'line',
  reason: 'unreachable',
  detail: `404 Not Found: nobody listens at ${address}`,
});

/** What `dial` throws for it. */
export function dialFailed({ by, reason, detail }: Refusal, at: Ms): DialFailed {
  return new DialFailed({ by, reason, detail, at });
}
