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
 * The agent's claims of one kind, in order. A claim's times are on the agent's clock, and it is posted when it ends: the
 * median of posted minus ended, over all claims of the call, maps one clock to the other.
 */
export function claimsOf(call: CallView, what: Claim['what']): readonly Claimed[] {
  const claims = call.events.filter((event) => event.kind === 'claim');
  const offsets = claims.map(({ at, claim }) => at - claim.endMs).toSorted((a, b) => a - b);
  const offset = offsets[Math.floor(offsets.length / 2)] ?? 0;
  return claims
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
