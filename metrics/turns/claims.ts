import type { CallView } from '../../harness/model/metric.ts';
import type { Claim } from '../../harness/model/office.ts';
import { ms, type Ms } from '../../harness/model/time.ts';

/** Something the agent said of itself, on the call's timeline. */
export interface Claimed {
  readonly name: string;
  readonly text: string;
  readonly from: Ms;
  readonly to: Ms;
}

/**
 * What to add to an instant on the agent's clock to have it on the call's, ms. A claim is posted when it ends: it is the
 * median of posted minus ended, over all claims of the call.
 */
export function clockOffset(events: CallView['events']): number {
  const claims = events.filter((event) => event.kind === 'claim');
  const offsets = claims.map(({ at, claim }) => at - claim.endMs).toSorted((a, b) => a - b);
  return offsets[Math.floor(offsets.length / 2)] ?? 0;
}

/** The agent's claims of one kind, in order, on the call's clock. */
export function claimsOf({ events }: Pick<CallView, 'events'>, what: Claim['what']): readonly Claimed[] {
  const offset = clockOffset(events);
  return events
    .filter((event) => event.kind === 'claim')
    .filter(({ claim }) => claim.what === what)
    .map(({ claim }) => ({
      name: claim.name,
      text: claim.text ?? '',
      from: ms(claim.startMs + offset),
      to: ms(Math.max(claim.startMs, claim.endMs) + offset),
    }))
    .toSorted((a, b) => a.from - b.from);
}

/** Claimed stages called `name`, e.g. `endpointing`, `ear`, `brain`, `voice`. */
export const stagesOf = (call: CallView, name: string): readonly Claimed[] =>
  claimsOf(call, 'stage').filter((claim) => claim.name === name);
