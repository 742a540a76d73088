import type { Facts } from '../model/plan.ts';
import type { CallEvent } from '../model/record.ts';
import type { Ms } from '../model/time.ts';
import { CallFault } from '../model/errors.ts';

/** What one caller has seen, done and told, as it happens. */
export interface Logbook {
  readonly events: CallEvent[];
  /** Writes an event down, and what it told. */
  write(event: CallEvent): void;
  /** Latest values of all she told. */
  readonly told: Facts;
  /** Our own fault: the call will be invalid. */
  fault(at: Ms, error: unknown): void;
}

/** An empty logbook; `onTold` learns of every fact as soon as she has said it. */
export function logbook(onTold: (facts: Facts) => void): Logbook {
  const events: CallEvent[] = [];
  let told: Facts = {};
  return {
    events,
    get told() {
      return told;
    },
    write(event) {
      events.push(event);
      if (!('facts' in event) || Object.keys(event.facts).length === 0) return;
      told = { ...told, ...event.facts };
      onTold(told);
    },
    fault(at, error) {
      const reason = error instanceof CallFault ? error.reason : 'caller';
      const detail = error instanceof Error ? error.message : String(error);
      events.push({ source: 'caller', kind: 'fault', at, reason, detail });
    },
  };
}
