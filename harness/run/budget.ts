import type { Clock } from '../model/time.ts';
import { noStreak, stoppedBy, streakAfter } from './streak.ts';
import type { CallRecord } from '../model/record.ts';
import { talkOf } from './journal.ts';

/** What a run may still spend, and why it stops before its end. */
export interface Budget {
  /** Takes note of every placed call, kept or placed once more. */
  spent(record: Pick<CallRecord, 'events'>): void;
  /** Takes note of a call that an earlier part of this run placed, ms of talk. */
  spentBefore(talkedMs: number | undefined): void;
  /** Why no further call may be placed, one sentence; undefined while there is room. */
  stopped(): string | undefined;
  /** Whether a call may be placed once more beyond those planned; takes it off what is left. */
  onceMore(): boolean;
  /** Minutes of talk so far. */
  minutes(): number;
}

/** What a user allows. Undefined: no limit. */
export interface Limits {
  readonly maxMinutes: number | undefined;
  /** Calls placed in all, those placed once more among them. */
  readonly maxCalls?: number | undefined;
  readonly planned: number;
  readonly target: string;
  /** Minutes of talk that an earlier part of this run counted; undefined where it was killed, or there was none. */
  readonly spentMinutes?: number | undefined;
}

/** Keeps the limits of a run: time since now on `watch`, calls, and an agent that cannot be reached. */
export function openBudget({ maxMinutes, maxCalls, planned, target, spentMinutes = 0 }: Limits, watch: Clock): Budget {
  const begun = watch.now();
  let left = maxCalls === undefined ? Infinity : maxCalls - planned;
  let streak = noStreak;
  let [talked, keptBefore] = [0, 0];
  // The first reason stands: calls that were still going on do not take it back.
  let why: string | undefined;
  const tooLong = (): string | undefined =>
    maxMinutes !== undefined && watch.now() - begun > maxMinutes * 60_000
      ? `the ${maxMinutes} minutes of --max-minutes were over`
      : undefined;
  return {
    spent(record) {
      streak = streakAfter(streak, record);
      talked += talkOf(record.events) ?? 0;
      why ??= stoppedBy(streak, target);
    },
    spentBefore: (talkedMs) => void (keptBefore += talkedMs ?? 0),
    stopped: () => (why ??= tooLong()),
    onceMore: () => left-- > 0,
    // What was counted before holds calls that were not kept; what was kept holds those of a part that was killed.
    minutes: () => Math.max(spentMinutes, keptBefore / 60_000) + talked / 60_000,
  };
}
