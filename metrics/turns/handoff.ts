import type { CallView } from '../../harness/model/metric.ts';
import type { Facts } from '../../harness/model/plan.ts';
import type { CallEvent } from '../../harness/model/record.ts';
import { attemptsOf, type Attempt } from './attempts.ts';
import { ledgerAt } from './ledger.ts';

/** What tells of a handoff: what happened, and what was planned. */
type Recorded = Pick<CallView, 'events' | 'plan'>;

type Of<Kind extends CallEvent['kind']> = Extract<CallEvent, { kind: Kind }>;

/** What is known of a handoff; undefined when the agent never tried one. */
export interface Handoff extends Omit<Attempt, 'rang'> {
  /** The context as the office received it: the last packet before the desk joined. */
  readonly packet: Of<'packet'> | undefined;
  readonly joined: Of<'desk-joined'> | undefined;
  /** Whom the check hook says she was put through to. Without an attempt on the wire `at` is only the end of the call. */
  readonly reported?: Of<'handed-to'>;
}

/** The attempt that reached a desk, or the last one: with the desk's media on the wire and the office's packet if there is one. */
export function handoffOf(call: Recorded): Handoff | undefined {
  const joined = lastOf(call, 'desk-joined', Infinity);
  const until = joined?.at ?? Infinity;
  const reported = call.events.findLast((event) => event.kind === 'handed-to');
  const attempt = attemptsOf(call).findLast(({ at }) => at <= until) ?? joined ?? reported;
  if (attempt === undefined) return undefined;
  const { at, refer, answered, failed }: Attempt = 'kind' in attempt ? { at: attempt.at } : attempt;
  return {
    at,
    ...(refer && { refer }),
    ...(answered !== undefined && { answered }),
    ...(failed && !joined && { failed }),
    ...(reported && { reported }),
    joined,
    packet: call.events.findLast(isReportedPacket) ?? lastOf(call, 'packet', until),
  };
}

/** What she had told the agent when the packet was made: later words are for the desk. */
export const ledgerAtHandoff = (call: Recorded, { at, packet }: Handoff): Facts =>
  ledgerAt(call.events, packet?.source === 'office' ? packet.at : at);

/** What a hook reports it reports when all is over: its packet is the one that travelled. */
const isReportedPacket = (event: CallEvent): event is Of<'packet'> =>
  event.kind === 'packet' && event.source === 'hook';

/** The last event of a kind up to `until`. */
function lastOf<Kind extends CallEvent['kind']>(call: Recorded, kind: Kind, until: number): Of<Kind> | undefined {
  return call.events.findLast((event): event is Of<Kind> => event.kind === kind && event.at <= until);
}
