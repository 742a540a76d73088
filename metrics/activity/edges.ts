import { percentile, power, toPower, type Energy, type Stretch } from './energy.ts';
import { lostWithin } from './stretches.ts';

/** The audible bounds of a stretch, in samples, and the noise they stand out of. */
export interface Edges {
  readonly onset: number;
  /** One past the last audible sample. */
  readonly end: number;
  /** Mean square below which nothing is told apart from noise: at the onset and at the end. */
  readonly noise: { readonly before: number; readonly after: number };
  /** False when no edge stood out and the rough one was kept. */
  readonly found: { readonly onset: boolean; readonly end: boolean };
}

const WINDOW_MS = 4;
/** How far beyond its rough edge an onset or an end is looked for. */
const SEARCH_MS = 240;
/** An edge is where this many of the next 20 windows, 1 ms apart, are audible. */
const SUSTAINED = { active: 14, of: 20 };
const QUIET_MS = 1000;
const LEAST_QUIET_MS = 100;
/** Next to a neighbour, and to the edge itself where the gap is short, quiet begins this far from it. */
const NEAR_MS = 30;
/** Elsewhere it begins only here: a faint beginning must not be taken for the noise it should stand out of. */
const FAR_MS = 260;
const LOWEST_NOISE_DB = -75;
const NOISE_SHARE = 0.995;
const NOISE_MARGIN_DB = 3;

/**
 * Pass two: sharpens a rough stretch to the millisecond by energy in 4 ms windows every 1 ms.
 * The threshold is the local quiet's 99.5th percentile plus 3 dB, at least -75 dBov.
 */
export function sharpen(
  energy: Energy,
  rough: Stretch,
  near: { readonly before: number; readonly after: number },
  lost: readonly Stretch[],
): Edges {
  const ms = energy.rate / 1000;
  const guard = NEAR_MS * ms;
  const before = quietPower(energy, rough.from, near.before + guard, -1, lost);
  const after = quietPower(energy, rough.to, near.after - guard, 1, lost);
  const noise = {
    before: before ?? after ?? toPower(LOWEST_NOISE_DB),
    after: after ?? before ?? toPower(LOWEST_NOISE_DB),
  };
  const onset = scan(energy, noise.before, {
    from: Math.max(near.before, 0, rough.from - SEARCH_MS * ms),
    to: rough.to,
    step: 1,
  });
  const end = scan(energy, noise.after, {
    from: Math.min(near.after, energy.length, rough.to + SEARCH_MS * ms),
    to: rough.from,
    step: -1,
  });
  return {
    onset: onset ?? rough.from,
    end: end === undefined ? rough.to : end + 1,
    noise,
    found: { onset: onset !== undefined, end: end !== undefined },
  };
}

/** First (step 1) or last (step -1) sample that reaches `threshold` (a mean square) and is followed by 14 of 20 audible windows. */
function scan(
  energy: Energy,
  threshold: number,
  over: { readonly from: number; readonly to: number; readonly step: 1 | -1 },
): number | undefined {
  const ms = energy.rate / 1000;
  const half = (WINDOW_MS * ms) / 2;
  const audible = (at: number): boolean => power(energy, Math.round(at - half), Math.round(at + half)) > threshold;
  const steps = Math.floor(Math.abs(over.to - over.from) / ms);
  for (let i = 0; i <= steps; i++) {
    const at = over.from + over.step * i * ms;
    if (!audible(at)) continue;
    let active = 0;
    for (let k = 0; k < SUSTAINED.of; k++) if (audible(at + over.step * k * ms)) active++;
    if (active >= SUSTAINED.active) return loudSample(energy, at - over.step * half, over.step, threshold);
  }
  return undefined;
}

/** Inside the window that crossed, the first sample that itself stands out, which halves the error on a sharp edge. */
function loudSample(energy: Energy, from: number, step: 1 | -1, threshold: number): number {
  const width = Math.round((WINDOW_MS * energy.rate) / 1000);
  const start = Math.round(from);
  for (let i = 0; i < width; i++) {
    const sample = energy.samples[start + step * i] ?? 0;
    if (sample * sample >= 2 * threshold) return start + step * i;
  }
  return start + (step * width) / 2;
}

/** Threshold from the quiet next to an edge, in which there is nothing beyond the recording's ends; undefined when less than 100 ms of it was received. */
function quietPower(
  energy: Energy,
  from: number,
  limit: number,
  step: 1 | -1,
  lost: readonly Stretch[],
): number | undefined {
  const ms = energy.rate / 1000;
  const room = Math.floor((step * (limit - from)) / ms);
  const half = (WINDOW_MS * ms) / 2;
  const powers: number[] = [];
  const begin = Math.max(NEAR_MS, Math.min(FAR_MS, room - 2 * LEAST_QUIET_MS));
  for (let i = begin + half / ms; i < Math.min(begin + QUIET_MS, room); i++) {
    const at = Math.round(from + step * i * ms);
    if (lostWithin(lost, at - half, at + half) === 0) powers.push(power(energy, at - half, at + half));
  }
  if (powers.length < LEAST_QUIET_MS) return undefined;
  const high = percentile(Float64Array.from(powers), NOISE_SHARE) ?? 0;
  return Math.max(toPower(LOWEST_NOISE_DB), high * 10 ** (NOISE_MARGIN_DB / 10));
}

/** Where the level last falls below `threshold` (a mean square) between `from` and `to`: one past that sample. */
export function lastAbove(energy: Energy, threshold: number, { from, to }: Stretch): number {
  const ms = energy.rate / 1000;
  const width = Math.round(WINDOW_MS * ms);
  for (let at = to; at > from; at -= ms) {
    const high = Math.round(at);
    if (power(energy, high - width, high) <= threshold) continue;
    for (let i = high - 1; i > high - width; i--) {
      const sample = energy.samples[i] ?? 0;
      if (sample * sample >= threshold) return i + 1;
    }
    return high;
  }
  return to;
}
