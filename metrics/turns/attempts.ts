import type { Sounding } from '../../harness/model/activity.ts';
import type { CallView } from '../../harness/model/metric.ts';
import type { CallEvent } from '../../harness/model/record.ts';
import type { Ms } from '../../harness/model/time.ts';
import { isSpeech } from './utterances.ts';

/** Why an attempt came to nothing. */
export interface Failure {
  /** When that was clear. */
  readonly at: Ms;
  /** From when on she is owed a word: the refusal, or the moment a desk began to ring in vain. */
  readonly since: Ms;
  readonly why: string;
}

/** One attempt to put her through to a desk. */
export interface Attempt {
  /** When it began: the desk rang for the agent, or she was asked to call it, whichever came first. */
  readonly at: Ms;
  readonly refer?: Extract<CallEvent, { kind: 'refer' }>;
  /** When the desk rang, and when it took the call of an agent that asked before it sent her. */
  readonly rang?: Ms;
  readonly answered?: Ms;
  readonly failed?: Failure;
}

/**
 * Every attempt to hand over, in order: REFERs on the wire, and desks that rang for the agent, which her wire never shows
 * when nobody took the call. Where the plan's desks are unreachable nothing rings: the packet at the office is the trace.
 */
export const attemptsOf = ({ events, plan }: Pick<CallView, 'events' | 'plan'>): readonly Attempt[] =>
  inOrder(events).reduce<readonly Attempt[]>((attempts, event) => {
    const last = attempts.at(-1);
    const open = last && !last.failed ? last : undefined;
    const amended = (change: Partial<Attempt>): readonly Attempt[] =>
      last ? [...attempts.slice(0, -1), { ...last, ...change }] : attempts;
    switch (event.kind) {
      case 'packet': {
        const failed = { at: event.at, since: event.at, why: 'nobody listens there' };
        return plan.desks === 'unreachable' ? [...attempts, { at: event.at, failed }] : attempts;
      }
      case 'desk-rang':
        if (event.for === 'agent') return [...attempts, { at: event.at, rang: event.at }];
        return open?.refer ? amended({ rang: event.at }) : attempts;
      case 'desk-reacted':
        return open ? amended(reaction(event, open)) : attempts;
      case 'refer':
        if (open?.answered !== undefined && !open.refer) return amended({ refer: event });
        return [...(isOnlyTraced(last) ? attempts.slice(0, -1) : attempts), { at: event.at, refer: event }];
      case 'transfer-failed': {
        const failed = { at: event.at, since: event.at, why: event.detail };
        return open ? amended({ failed }) : attempts;
      }
      default:
        return attempts;
    }
  }, []);

/** Within one instant, which in virtual time holds a whole transfer: what the agent does, her REFER, the desk, the outcome. */
const inOrder = (events: CallView['events']): CallView['events'] =>
  events.toSorted((a, b) => a.at - b.at || placeOf(a) - placeOf(b));

function placeOf(event: CallEvent): number {
  if (event.kind === 'packet') return 0;
  if (event.kind === 'desk-rang' || event.kind === 'desk-reacted') return event.for === 'agent' ? 0 : 2;
  return event.kind === 'refer' ? 1 : 3;
}

/** An attempt of which only the packet is known: the REFER that follows is the same one. */
const isOnlyTraced = (attempt: Attempt | undefined): boolean =>
  attempt !== undefined && attempt.refer === undefined && attempt.rang === undefined;

function reaction(event: Extract<CallEvent, { kind: 'desk-reacted' }>, { at, rang }: Attempt): Partial<Attempt> {
  if (event.how === 'answered') return event.for === 'agent' ? { answered: event.at } : {};
  if (event.how === 'silent') return { failed: { at: event.at, since: rang ?? at, why: 'nobody answered' } };
  return { failed: { at: event.at, since: event.at, why: event.how } };
}

/** A voice that was sounding already goes on for this long at least when it speaks of the failure (ms): shorter is the end of the announcement. */
const GOES_ON = 500;

/** The agent's first words to her after a failed attempt; its announcement does not count. */
export const backAfter = (call: CallView, { at }: Attempt, { since }: Failure): Sounding | undefined =>
  call.activity.agent
    .filter((sounding) => isSpeech(sounding) && sounding.onset < call.over)
    .find(({ onset, end }) => end > since + (onset < at ? GOES_ON : 0));
