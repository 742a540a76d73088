import type { CallView } from '../../harness/model/metric.ts';
import type { Facts } from '../../harness/model/plan.ts';
import type { CallEvent } from '../../harness/model/record.ts';
import type { Ms } from '../../harness/model/time.ts';
import { ledgerAt } from './ledger.ts';

type Of<Kind extends CallEvent['kind']> = Extract<CallEvent, { kind: Kind }>;

/** What is known of a handoff; undefined when the agent never tried one. */
export interface Handoff {
  /** When it was tried. */
  readonly at: Ms;
  readonly refer: Of<'refer'> | undefined;
  /** The context as the office received it: the last packet before the desk joined. */
  readonly packet: Of<'packet'> | undefined;
  readonly joined: Of<'desk-joined'> | undefined;
  readonly failed: Of<'transfer-failed'> | undefined;
}

/** The call's last attempt to hand over: a REFER or a desk's media on the wire, with the office's packet if there is one. */
export function handoffOf(call: CallView): Handoff | undefined {
  const joined = lastOf(call, 'desk-joined', Infinity);
  const refer = lastOf(call, 'refer', joined?.at ?? Infinity);
  const at = refer?.at ?? joined?.at;
  if (at === undefined) return undefined;
  return {
    at,
    refer,
    joined,
    packet: lastOf(call, 'packet', joined?.at ?? Infinity),
    failed: lastOf(call, 'transfer-failed', Infinity),
  };
}

/** What she had told the agent when the packet was made: later words are for the desk. */
export const ledgerAtHandoff = (call: CallView, { at, packet }: Handoff): Facts =>
  ledgerAt(call.events, packet?.at ?? at);

/** The last event of a kind up to `until`. */
function lastOf<Kind extends CallEvent['kind']>(call: CallView, kind: Kind, until: number): Of<Kind> | undefined {
  return call.events.findLast((event): event is Of<Kind> => event.kind === kind && event.at <= until);
}
