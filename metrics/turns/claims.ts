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

type ClaimEvent = Extract<CallView['events'][number], { kind: 'claim' }>;

/**
 * What to add to an instant on the agent's clock to have it on the call's, ms. A claim is posted when it ends: it is the
 * median of posted minus ended, over all of `claims`, which come the same way.
 */
function clockOffset(claims: readonly ClaimEvent[]): number {
  const offsets = claims.map(({ at, claim }) => at - claim.endMs).toSorted((a, b) => a - b);
  return offsets[Math.floor(offsets.length / 2)] ?? 0;
}

/** The events with every claim on the call's clock. Each way that claims come by has a clock of its own. */
export function onCallClock(events: CallView['events']): CallView['events'] {
  const ways = Map.groupBy(
    events.filter((event) => event.kind === 'claim'),
    ({ by }) => by ?? '',
  );
  const offsets = new Map([...ways].map(([way, claims]) => [way, clockOffset(claims)]));
  return events.map((event) => {
    if (event.kind !== 'claim') return event;
    const offset = offsets.get(event.by ?? '') ?? 0;
    const { claim } = event;
    return { ...event, claim: { ...claim, startMs: claim.startMs + offset, endMs: claim.endMs + offset } };
  });
}

/** The agent's claims of one kind, in order, on the call's clock. */
export const claimsOf = ({ events }: Pick<CallView, 'events'>, what: Claim['what']): readonly Claimed[] =>
  onCallClock(events)
    .filter((event) => event.kind === 'claim')
    .filter(({ claim }) => claim.what === what)
    .map(({ claim }) => ({
      name: claim.name,
      text: claim.text ?? '',
      from: ms(claim.startMs),
      to: ms(Math.max(claim.startMs, claim.endMs)),
    }))
    .toSorted((a, b) => a.from - b.from);

/** Claimed stages called `name`, e.g. `endpointing`, `ear`, `brain`, `voice`. */
export const stagesOf = (call: CallView, name: string): readonly Claimed[] =>
  claimsOf(call, 'stage').filter((claim) => claim.name === name);

/** The rest of a reply that is already being spoken: nobody waits for it. */
const WHOLE = 'brain-whole';

/** The claimed stages that stand between her end and the reply. */
export const waitedFor = (call: CallView): readonly Claimed[] =>
  claimsOf(call, 'stage').filter(({ name }) => name !== WHOLE);

/** What the brain claims of whole replies: until the last word of them where it told, else until it could be spoken. */
export function thoughtsOf(call: CallView): readonly Claimed[] {
  const wholes = stagesOf(call, WHOLE);
  return stagesOf(call, 'brain').map((thought) => wholes.find(({ from }) => from === thought.from) ?? thought);
}

/** Whether the agent's clock is another than ours, or nobody knows: no difference between its instants and ours means anything. */
export const isClockOther = ({ events }: Pick<CallView, 'events'>): boolean =>
  events.some((event) => event.kind === 'spans' && event.clock !== 'ours');
