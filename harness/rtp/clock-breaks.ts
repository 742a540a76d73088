import type { Arrival } from './envelope.ts';

/** A step between neighbouring packets that may be more than jitter. */
const STEP_MS = 20;

/** How far the quickest packets on both sides must differ for the step to count. */
const SHIFT_MS = 20;

/** How many packets on either side are looked at: a second, in which jitter of 80 ms lets some packet through quickly. */
const WINDOW = 50;

/** Fewer packets than this tell jitter from a step only where it is larger than any jitter. */
const FEW = 12;
const LARGE_MS = 100;

/**
 * Where, in arrivals sorted by index, the sender's clock stopped or leapt: an agent that falls silent by sending
 * nothing and goes on with the next timestamp would otherwise seem to have spoken that much earlier. Returns the
 * positions at which a new stretch begins. A queue that fills and drains again is not a break.
 */
export function clockBreaks(arrivals: readonly Arrival[], nominal: number): readonly number[] {
  const delays = arrivals.map(({ index, at }) => at - index * nominal);
  const breaks: number[] = [];
  let begun = 0;
  for (let i = 1; i < delays.length; i++) {
    if (Math.abs((delays[i] ?? 0) - (delays[i - 1] ?? 0)) <= STEP_MS) continue;
    const earlier = delays.slice(Math.max(begun, i - WINDOW), i);
    const later = delays.slice(i, i + WINDOW);
    const least = Math.min(earlier.length, later.length) < FEW ? LARGE_MS : SHIFT_MS;
    if (Math.abs(Math.min(...later) - Math.min(...earlier)) <= least) continue;
    breaks.push(i);
    begun = i;
  }
  return breaks;
}
