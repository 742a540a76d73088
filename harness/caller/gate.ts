import type { Pcm } from '../model/audio.ts';
import { after, samplesToMs } from '../model/time.ts';
import type { Ms } from '../model/time.ts';

/** One decision per block of 10 ms. */
const BLOCK_MS = 10;
/** Blocks above the threshold before it counts as sound: the decision takes 30 ms. */
const ONSET_BLOCKS = 3;
/** Blocks below it before it counts as quiet: bridges the closure of a stop consonant. */
const OFFSET_BLOCKS = 9;
const ABOVE_FLOOR_DB = 9;
const HYSTERESIS_DB = 3;
/** Nothing quieter than this is speech on a telephone line, dBov. */
const QUIETEST_DB = -55;
/** Noise on the line from its first block on, no louder than this, is taken for the floor at once, dBov. */
const FIRST_FLOOR_DB = -45;
const DEFAULT_FLOOR_DB = -65;
/** Below this it is no sound at all: a packet lost, or an agent that sends zeros. It says nothing of the noise behind speech. */
const DIGITAL_SILENCE_DB = -95;
/** The floor is the quietest block of the last 4 s: speech dips below its own level far more often than that. */
const STRETCH_BLOCKS = 50;
const STRETCHES = 8;

/** What the gate remembers between packets. */
export interface GateState {
  readonly sounding: boolean;
  /** Quietest block of each of the last stretches, the current one last; empty before the first block. */
  readonly minima: readonly number[];
  /** Blocks in the current stretch. */
  readonly blocks: number;
  /** Consecutive blocks that contradict `sounding`, and when the first of them began. */
  readonly against: number;
  readonly since: Ms;
}

/** The agent began or ceased to sound; `at` is back-dated to the first block that showed it. */
export interface GateChange {
  readonly kind: 'started' | 'stopped';
  readonly at: Ms;
}

/** A line in whose silence nothing has been heard yet. */
export const quietGate: GateState = { sounding: false, minima: [], blocks: 0, against: 0, since: 0 as Ms };

/** Level of a block in dB relative to full scale. */
function levelDb(samples: Pcm, from: number, to: number): number {
  let energy = 0;
  for (let index = from; index < to; index++) energy += (samples[index] ?? 0) ** 2;
  return 10 * Math.log10(energy / Math.max(1, to - from) / 32768 ** 2 + 1e-10);
}

/** The minima with one block more. */
function floorAfter({ minima, blocks }: GateState, level: number): Pick<GateState, 'minima' | 'blocks'> {
  if (level < DIGITAL_SILENCE_DB && minima.length > 0) return { minima, blocks };
  if (minima.length === 0)
    return { minima: [level < FIRST_FLOOR_DB && level >= DIGITAL_SILENCE_DB ? level : DEFAULT_FLOOR_DB], blocks: 1 };
  if (blocks >= STRETCH_BLOCKS) return { minima: [...minima, level].slice(-STRETCHES), blocks: 1 };
  return { minima: [...minima.slice(0, -1), Math.min(minima.at(-1) ?? level, level)], blocks: blocks + 1 };
}

function block(state: GateState, level: number, at: Ms): readonly [GateState, GateChange | undefined] {
  const floor = floorAfter(state, level);
  const bar = Math.max(QUIETEST_DB, Math.min(...floor.minima) + ABOVE_FLOOR_DB) - (state.sounding ? HYSTERESIS_DB : 0);
  if (level > bar === state.sounding) return [{ ...state, ...floor, against: 0 }, undefined];
  const since = state.against === 0 ? at : state.since;
  const against = state.against + 1;
  if (against < (state.sounding ? OFFSET_BLOCKS : ONSET_BLOCKS))
    return [{ ...state, ...floor, against, since }, undefined];
  const kind = state.sounding ? 'stopped' : 'started';
  return [
    { ...floor, sounding: !state.sounding, against: 0, since },
    { kind, at: since },
  ];
}

/**
 * Listens to one packet that arrived at `arrivedAt`. Pure. An adaptive level gate: speech is what lies 9 dB above the
 * tracked floor. Knows of an onset after 30 ms and of an end after 90 ms; both are back-dated.
 */
export function listenGate(
  state: GateState,
  samples: Pcm,
  arrivedAt: Ms,
  rate: number,
): readonly [GateState, readonly GateChange[]] {
  const size = Math.round((rate * BLOCK_MS) / 1000);
  const changes: GateChange[] = [];
  let now = state;
  for (let from = 0; from + size <= samples.length; from += size) {
    const [next, change] = block(now, levelDb(samples, from, from + size), after(arrivedAt, samplesToMs(from, rate)));
    now = next;
    if (change) changes.push(change);
  }
  return [now, changes];
}
