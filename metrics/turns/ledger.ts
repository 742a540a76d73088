import type { Facts } from '../../harness/model/plan.ts';
import type { CallEvent } from '../../harness/model/record.ts';
import type { Ms } from '../../harness/model/time.ts';

/** A value the caller gave, and when she had said it. */
export interface Told {
  readonly slot: string;
  readonly value: string;
  readonly at: Ms;
  /** The event's id: a line, or a stimulus. */
  readonly by: string;
  readonly kind: 'said' | 'stimulus';
}

/** Everything she told the agent, in order. What she told a desk, what was mumbled or cut off and shams tell nothing. */
export function toldBy(events: readonly CallEvent[]): readonly Told[] {
  return events.flatMap((event): Told[] => {
    if (event.kind === 'said' && !event.desk && !event.cut && !event.mumbled) {
      return entries(event.facts).map(([slot, value]) => ({
        slot,
        value,
        at: event.end,
        by: event.line,
        kind: event.kind,
      }));
    }
    if (event.kind === 'stimulus' && !event.sham) {
      return entries(event.facts).map(([slot, value]) => ({
        slot,
        value,
        at: event.end,
        by: event.id,
        kind: event.kind,
      }));
    }
    return [];
  });
}

/** Latest values told by `at`: later ones replace earlier ones. */
export const ledgerAt = (events: readonly CallEvent[], at: Ms): Facts =>
  Object.fromEntries(
    toldBy(events)
      .filter((told) => told.at <= at)
      .toSorted((a, b) => a.at - b.at)
      .map(({ slot, value }) => [slot, value]),
  );

/** Same value: case and spaces do not count. */
export const sameValue = (a: string | undefined, b: string | undefined): boolean =>
  a !== undefined && b !== undefined && plain(a) === plain(b);

const plain = (value: string): string => value.trim().toLowerCase().replace(/\s+/g, ' ');

const entries = (facts: Facts): [string, string][] => Object.entries(facts);
