import { percentile, toDb, toPower, windows, type Energy, type Stretch } from './energy.ts';

/** Where the energy of a channel stands out of its own noise. */
export interface Rough {
  readonly stretches: readonly Stretch[];
  /** Everything that could hold speech, however faint, with what lies around it: where a model should listen. */
  readonly audible: readonly Stretch[];
  /** Noise floor around a sample, dBov, never below -75. */
  floorDb(at: number): number;
}

const LOWEST_FLOOR_DB = -75;
/** Noise below this is not heard beside speech at its usual level, so it never counts as sounding. */
const FAINTEST_DB = -66;
const ABOVE_FLOOR_DB = 8;
const BLOCK_MS = 10;
/** Half the width of the window in which a local floor is looked for. */
const FLOOR_REACH_S = 3;
/** A monologue fills the whole window: its floor may not rise further than this above the call's. */
const MOST_ABOVE_CALL_DB = 15;
/** Closures of stop consonants are shorter than this. */
const CLOSURE_MS = 60;
const SHORTEST_MS = 20;
/** Speech as loud as the noise itself lifts a block by this much. */
const HINT_DB = 3;
const HINT_GAP_MS = 300;
const HINT_PAD_MS = 200;
/** A hint this short is the noise's own scatter. */
const SHORTEST_HINT_MS = 30;

/**
 * Pass one without a model: 10 ms blocks 8 dB above the local noise (10th percentile of 6 s),
 * joined over closures of 60 ms and over lost packets.
 */
export function roughStretches(energy: Energy, lost: readonly Stretch[]): Rough {
  const block = Math.max(1, Math.round((energy.rate * BLOCK_MS) / 1000));
  const powers = windows(energy, block, block, { from: 0, to: energy.length });
  const floors = localFloors(powers, lostBlocks(lost, block, powers.length));
  const floorAt = (index: number): number =>
    floors[Math.min(floors.length - 1, Math.floor((index * BLOCK_MS) / 1000))] ?? LOWEST_FLOOR_DB;
  const above = (db: number): Stretch[] => {
    const active: Stretch[] = [];
    for (let i = 0; i < powers.length; i++) {
      const threshold = toPower(Math.max(FAINTEST_DB, floorAt(i) + db));
      if ((powers[i] as number) > threshold) active.push({ from: i * block, to: (i + 1) * block });
    }
    return active;
  };
  const ms = energy.rate / 1000;
  const closure = (energy.rate * CLOSURE_MS) / 1000;
  const shortest = (energy.rate * SHORTEST_MS) / 1000;
  return {
    stretches: join(above(ABOVE_FLOOR_DB), closure, lost).filter(({ from, to }) => to - from >= shortest),
    audible: join(above(HINT_DB), HINT_GAP_MS * ms, lost)
      .filter(({ from, to }) => to - from >= SHORTEST_HINT_MS * ms)
      .map(({ from, to }) => ({ from: from - HINT_PAD_MS * ms, to: to + HINT_PAD_MS * ms })),
    floorDb: (at) => floorAt(Math.floor(at / block)),
  };
}

/** Joins stretches, in order, whose gap is at most `gap` samples or mostly lost packets. */
export function join(stretches: readonly Stretch[], gap: number, lost: readonly Stretch[]): Stretch[] {
  const joined: Stretch[] = [];
  for (const next of stretches) {
    const last = joined.at(-1);
    const missing = last ? lostWithin(lost, last.to, next.from) : 0;
    if (last && next.from - last.to - missing <= gap) joined[joined.length - 1] = { from: last.from, to: next.to };
    else joined.push(next);
  }
  return joined;
}

/** How many samples of `lost`, which is in order, lie in `from <= i < to`. */
export function lostWithin(lost: readonly Stretch[], from: number, to: number): number {
  let missing = 0;
  for (let i = firstEnding(lost, from); i < lost.length; i++) {
    const gap = lost[i] as Stretch;
    if (gap.from >= to) break;
    missing += Math.max(0, Math.min(gap.to, to) - Math.max(gap.from, from));
  }
  return missing;
}

/** Index of the first of `lost` that ends after `at`. */
function firstEnding(lost: readonly Stretch[], at: number): number {
  let [low, high] = [0, lost.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lost[middle] as Stretch).to <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

function lostBlocks(lost: readonly Stretch[], block: number, count: number): Uint8Array {
  const flags = new Uint8Array(count);
  for (const gap of lost) flags.fill(1, Math.floor(gap.from / block), Math.ceil(gap.to / block));
  return flags;
}

/** One floor per second, from the blocks around it that were received. */
function localFloors(powers: Float64Array, isLost: Uint8Array): number[] {
  const perSecond = 1000 / BLOCK_MS;
  const lowest = (from: number, to: number): number => {
    const received = powers.subarray(from, to).filter((_, i) => isLost[from + i] === 0);
    return toDb(percentile(received, 0.1) ?? 0);
  };
  const call = lowest(0, powers.length);
  return Array.from({ length: Math.max(1, Math.ceil(powers.length / perSecond)) }, (_, second) => {
    const from = Math.max(0, (second - FLOOR_REACH_S) * perSecond);
    const to = Math.min(powers.length, (second + FLOOR_REACH_S + 1) * perSecond);
    return Math.max(LOWEST_FLOOR_DB, Math.min(lowest(from, to), call + MOST_ABOVE_CALL_DB));
  });
}
