import { type Ms, ms } from '../model/time.ts';

/** When the packet that begins at sample `index` of the sender's clock arrived. */
export interface Arrival {
  readonly index: number;
  readonly at: Ms;
}

/** Affine map: time = originMs + (index - from) * msPerSample. */
export interface Envelope {
  readonly from: number;
  readonly originMs: Ms;
  readonly msPerSample: number;
}

/** Shorter stretches say too little about the sender's crystal: they keep the nominal rate. */
const SHORTEST_FOR_SKEW_MS = 5_000;

/** Crystals are within 100 ppm; what looks worse than this is a queue that filled or drained. */
const MOST_SKEW = 500e-6;

/** How much faster the receiver's clock runs than the sender's, in parts per million. */
export const skewPpm = (envelope: Envelope, nominal: number): number => (envelope.msPerSample / nominal - 1) * 1e6;

/**
 * The line below all arrivals that lies closest to them: delay on a network only adds, so the quickest packets tell
 * the time (the linear program of Moon, Skelly and Towsley 1999; its answer is the edge of the lower convex hull above
 * the mean index). `arrivals` need no order and must not be empty; `nominal` is in milliseconds per sample.
 */
export function lowerEnvelope(arrivals: readonly Arrival[], nominal: number): Envelope {
  const delays = arrivals
    .map(({ index, at }) => ({ index, delay: at - index * nominal }))
    .sort((a, b) => a.index - b.index || a.delay - b.delay);
  const first = delays[0];
  const last = delays.at(-1);
  if (!first || !last) throw new RangeError('an envelope needs at least one arrival');
  const long = (last.index - first.index) * nominal >= SHORTEST_FOR_SKEW_MS;
  const slope = long ? clamp(slopeAtMean(delays), MOST_SKEW * nominal) : 0;
  const offset = delays.reduce((least, { index, delay }) => Math.min(least, delay - slope * index), Infinity);
  return {
    from: first.index,
    originMs: ms(offset + (nominal + slope) * first.index),
    msPerSample: nominal + slope,
  };
}

interface Delay {
  readonly index: number;
  readonly delay: number;
}

function slopeAtMean(delays: readonly Delay[]): number {
  const mean = delays.reduce((sum, { index }) => sum + index, 0) / delays.length;
  const hull = lowerHull(delays);
  const right = hull.findIndex(({ index }) => index >= mean);
  const [a, b] = [hull[right - 1], hull[right]];
  return a && b ? (b.delay - a.delay) / (b.index - a.index) : 0;
}

/** Andrew's monotone chain, lower half; `delays` are sorted by index, then delay. */
function lowerHull(delays: readonly Delay[]): readonly Delay[] {
  const hull: Delay[] = [];
  for (const point of delays) {
    if (hull.at(-1)?.index === point.index) continue;
    while (hull.length >= 2 && !turnsUp(hull.at(-2) as Delay, hull.at(-1) as Delay, point)) hull.pop();
    hull.push(point);
  }
  return hull;
}

const turnsUp = (a: Delay, b: Delay, c: Delay): boolean =>
  (b.delay - a.delay) * (c.index - b.index) < (c.delay - b.delay) * (b.index - a.index);

const clamp = (value: number, most: number): number => Math.max(-most, Math.min(most, value));
