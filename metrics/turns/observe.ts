import type { Reaction, Score } from '../../harness/model/metric.ts';
import type { Ms } from '../../harness/model/time.ts';

/** Uncertainty of the caller's own boundaries: send stamp and receive stamp on one host (ms). */
export const STAMP_ERROR = 1;

/** What a measure says of one observation; the rest has its usual value. */
export interface Seen {
  readonly at: Ms;
  readonly of: string;
  readonly note: string;
  readonly class?: string;
  readonly u?: number;
  readonly censored?: boolean;
  readonly lost?: boolean;
  readonly doubt?: string | undefined;
  readonly cause?: Score['cause'] | undefined;
}

/** A score with its usual defaults: seen whole, no uncertainty, no class. */
export const score = (metric: string, value: number, seen: Seen): Score => ({
  metric,
  value,
  censored: seen.censored ?? false,
  u: seen.u ?? 0,
  at: seen.at,
  of: seen.of,
  class: seen.class ?? '',
  note: seen.note,
  ...(seen.lost ? { lost: true } : {}),
  ...(seen.doubt === undefined ? {} : { doubt: seen.doubt }),
  ...(seen.cause === undefined ? {} : { cause: seen.cause }),
});

/** Uncertainty of a difference of boundaries that err independently. */
export const combined = (...errors: readonly number[]): number => Math.hypot(...errors);

/** The class of a stimulus' observation: its kind, or `sham:KIND`. */
export const classOf = ({ event }: Reaction): string => (event.sham ? `sham:${event.stimulus}` : event.stimulus);

/** An instant as a person looks for it in a player, e.g. `0:14.2`. */
export function clockTime(at: number): string {
  const tenths = Math.max(0, Math.round(at / 100));
  const seconds = (tenths % 600) / 10;
  return `${Math.floor(tenths / 600)}:${seconds.toFixed(1).padStart(4, '0')}`;
}

/** Whole milliseconds for a note. */
export const inMs = (value: number): string => `${Math.round(value)} ms`;
