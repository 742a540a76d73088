import type { Ending } from '../model/line.ts';
import type { CallRecord } from '../model/record.ts';

/** So many calls in a row that failed for the same outside reason end a run: the next would too. */
export const ENOUGH = 5;

/** Calls that came to nothing one after another, for one reason outside of the harness. */
export interface Streak {
  readonly reason: Ending['reason'] | undefined;
  readonly calls: number;
  /** What the last of them was told. */
  readonly detail: string;
}

export const noStreak: Streak = { reason: undefined, calls: 0, detail: '' };

/** Endings that are about the agent's line, not about what was said on it. */
const OUTSIDE: readonly Ending['reason'][] = ['busy', 'declined', 'rejected', 'no-answer', 'unreachable', 'no-media'];

/** The streak after one more call. Pure. */
export function streakAfter(streak: Streak, { events }: Pick<CallRecord, 'events'>): Streak {
  const ending = events.findLast((event) => event.kind === 'ended')?.ending;
  if (!ending || !OUTSIDE.includes(ending.reason)) return noStreak;
  const calls = ending.reason === streak.reason ? streak.calls + 1 : 1;
  return { reason: ending.reason, calls, detail: ending.detail };
}

/** Why the run stops, in one sentence; undefined while it goes on. */
export const stoppedBy = ({ reason, calls, detail }: Streak, target: string): string | undefined =>
  reason === undefined || calls < ENOUGH
    ? undefined
    : `${calls} calls in a row came to nothing at ${target} for the same reason (${detail}); mend that and run again`;
