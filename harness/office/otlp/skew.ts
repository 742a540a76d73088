/** How far an agent's clock is ahead of ours, ms, and how well that is known. */
export interface Offset {
  readonly offsetMs: number;
  /** Median distance of the single instants from it: what the agent's own idea of her end varies by. */
  readonly spreadMs: number;
  /** Instants it rests on. */
  readonly matched: number;
}

/** From here on a clock is another one, and nothing is subtracted across the two, ms. */
export const SKEWED_MS = 100;
/** So far from her known end may an agent believe it to be, ms: a soft last word is easily missed. */
const TOLERANCE_MS = 300;
/** Instants looked at on either side: enough for any call, and bounded. */
const MOST = 60;

/**
 * The offset under which most of the instants an agent tells fall on instants we know, and of equal ones the smallest.
 * Turns come at irregular intervals, so that the right one stands out, whatever its size. Undefined when nothing is told,
 * or nothing known.
 */
export function offsetOf(told: readonly number[], known: readonly number[]): Offset | undefined {
  const [ours, theirs] = [known.slice(0, MOST), told.slice(0, MOST)];
  let best: readonly number[] = [];
  for (const at of theirs) {
    for (const truth of ours) {
      const near = distances(theirs, ours, at - truth);
      if (near.length > best.length || (near.length === best.length && closer(near, best))) best = near;
    }
  }
  const offsetMs = median(best);
  if (offsetMs === undefined) return undefined;
  return { offsetMs, spreadMs: median(best.map((one) => Math.abs(one - offsetMs))) ?? 0, matched: best.length };
}

const closer = (a: readonly number[], b: readonly number[]): boolean =>
  Math.abs(median(a) ?? Infinity) < Math.abs(median(b) ?? Infinity);

/** Under a supposed offset: how far each instant told is ahead of the known one it falls on; left out where it falls on none. */
function distances(told: readonly number[], known: readonly number[], supposed: number): readonly number[] {
  return told.flatMap((at) => {
    const nearest = known
      .map((truth) => at - truth)
      .reduce((a, b) => (Math.abs(b - supposed) < Math.abs(a - supposed) ? b : a), Infinity);
    return Math.abs(nearest - supposed) <= TOLERANCE_MS ? [nearest] : [];
  });
}

function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low, high] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}
