import { availableParallelism } from 'node:os';
import { UsageError } from '../model/errors.ts';
import { scriptBeside, startHand } from '../speech/workers.ts';
import type { Instruments } from './measure.ts';
import { pool } from './pool.ts';
import { scoreRecording } from './recording-score.ts';
import type { ScoredRecording } from './recording-score.ts';
import type { RecordingSource } from './recording-sides.ts';

/** A recording that could not be scored, and why in one sentence. */
export interface Refused {
  readonly refused: string;
}

/** Threads beyond this only wait for one another's memory. */
const MOST_THREADS = 8;
const NEVER = new AbortController().signal;

/**
 * Scores recordings side by side, one thread a core, in the order they were named. `said` hears of each that is done.
 * A single one is scored here; what cannot be scored does not stop the others.
 */
export async function scoreRecordings(
  sources: readonly RecordingSource[],
  tools: Instruments,
  said: (done: number, of: number) => void,
): Promise<readonly (ScoredRecording | Refused)[]> {
  const threads = Math.min(sources.length, availableParallelism(), MOST_THREADS);
  let done = 0;
  const counted = <T>(result: T): T => {
    said(++done, sources.length);
    return result;
  };
  if (threads < 2) {
    const found = await pool(sources, 1, NEVER, async (source) => counted(await scoredHere(source, tools)));
    return found.filter((one) => one !== undefined);
  }
  const hands = Array.from({ length: threads }, () => startHand(scriptBeside(import.meta.url, 'recording-worker'), {}));
  const free = [...hands];
  try {
    const found = await pool(sources, threads, NEVER, async (source) => {
      const hand = free.pop();
      if (!hand) throw new Error('more recordings under way than threads');
      const result = (await hand.ask(source)) as ScoredRecording | Refused;
      free.push(hand);
      return counted(result);
    });
    return found.filter((one) => one !== undefined);
  } finally {
    await Promise.all(hands.map((hand) => hand.close()));
  }
}

async function scoredHere(source: RecordingSource, tools: Instruments): Promise<ScoredRecording | Refused> {
  try {
    return await scoreRecording(source, tools);
  } catch (error) {
    if (error instanceof UsageError) return { refused: error.message };
    throw error;
  }
}
