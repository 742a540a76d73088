import type { Clock } from '../model/time.ts';

/** The wall clock, for whoever looks things up by date: a run's manifest and id, and its hooks. Never in a score. ISO 8601, UTC. */
export const wallTime = (): string => new Date().toISOString();

/** The same in Unix seconds. */
export const unixTime = (): number => Math.floor(Date.now() / 1000);
/** Days between an ISO 8601 instant and now. */
export const daysSince = (instant: string): number => (Date.now() - Date.parse(instant)) / 86_400_000;

/** More readings of the wall clock than its next millisecond can take. */
const MOST_READINGS = 1_000_000;

/**
 * The Unix time of a real clock's zero, ms: what to add to its `now()`. Read at the wall clock's tick, so that the half
 * millisecond it otherwise rounds away by is not in it. Asked once: whoever steps the wall clock moves no span.
 */
export function unixZero(clock: Clock): number {
  const before = Date.now();
  let tick = before;
  for (let reading = 0; tick === before && reading < MOST_READINGS; reading++) tick = Date.now();
  return tick - clock.now();
}
