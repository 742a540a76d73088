import type { Pcm } from '../model/audio.ts';
import { VAD_WINDOW } from './silero.ts';
import type { Silero } from './silero.ts';

/** A piece of a recording with a memory of its own in the model. */
export interface Lane {
  /** First sample decided on, and one past the last. */
  readonly from: number;
  readonly to: number;
  /** It goes on where the lane before it ended. */
  readonly continues: boolean;
}

/** A lane decides on this much, in windows: shorter ones pay more for listening in, longer ones leave the batch thin. */
const LONGEST = 500;
const SHORTEST = 125;
/** Windows it listens to before it decides: after silence, and in the midst of sound. */
const WARM = { fresh: 16, continued: 48 };
/** Lanes side by side in one call of the model: twice as many are no faster. */
const BATCH = 32;

/** Cuts stretches, in samples, into lanes that fill a batch. */
export function lanesOver(within: readonly { readonly from: number; readonly to: number }[]): readonly Lane[] {
  const windows = within.reduce((sum, { from, to }) => sum + Math.ceil((to - from) / VAD_WINDOW), 0);
  const longest = Math.min(LONGEST, Math.max(SHORTEST, Math.ceil(windows / BATCH))) * VAD_WINDOW;
  return within.flatMap(({ from, to }) => {
    const pieces = Math.max(1, Math.ceil((to - from) / longest));
    const length = Math.ceil((to - from) / pieces / VAD_WINDOW) * VAD_WINDOW;
    return Array.from({ length: pieces }, (_, i) => ({
      from: from + i * length,
      to: Math.min(to, from + (i + 1) * length),
      continues: i > 0,
    })).filter((lane) => lane.to > lane.from);
  });
}

/** Probability of speech of every window of 256 samples, lane by lane; what lies outside the recording is silence. */
export async function runLanes(silero: Silero, samples: Pcm, lanes: readonly Lane[]): Promise<readonly Float32Array[]> {
  const found = lanes.map((lane) => new Float32Array(windowsOf(lane)));
  // Lanes of a length share a batch: the longest of each says how long it runs.
  const order = lanes.map((_, i) => i).sort((a, b) => stepsOf(lanes[b]) - stepsOf(lanes[a]) || a - b);
  for (let first = 0; first < order.length; first += BATCH) {
    const chosen = order.slice(first, first + BATCH);
    await runBatch(
      silero,
      samples,
      chosen.map((i) => ({ lane: lanes[i] as Lane, found: found[i] as Float32Array })),
    );
  }
  return found;
}

async function runBatch(
  silero: Silero,
  samples: Pcm,
  batch: readonly { readonly lane: Lane; readonly found: Float32Array }[],
): Promise<void> {
  let state = silero.fresh(batch.length);
  const steps = Math.max(...batch.map(({ lane }) => stepsOf(lane)));
  for (let step = 0; step < steps; step++) {
    const windows = new Float32Array(batch.length * VAD_WINDOW);
    batch.forEach(({ lane }, i) => {
      const window = step - warmOf(lane);
      if (window < windowsOf(lane)) copyWindow(samples, lane.from + window * VAD_WINDOW, windows, i * VAD_WINDOW);
    });
    const [next, heard] = await silero.step(state, windows);
    state = next;
    batch.forEach(({ lane, found }, i) => {
      const window = step - warmOf(lane);
      if (window >= 0 && window < found.length) found[window] = heard[i] ?? 0;
    });
  }
}

const windowsOf = (lane: Lane): number => Math.ceil((lane.to - lane.from) / VAD_WINDOW);
const warmOf = (lane: Lane): number => (lane.continues ? WARM.continued : WARM.fresh);
const stepsOf = (lane: Lane | undefined): number => (lane ? warmOf(lane) + windowsOf(lane) : 0);

function copyWindow(samples: Pcm, from: number, into: Float32Array, at: number): void {
  const first = Math.max(0, -from);
  const last = Math.min(VAD_WINDOW, samples.length - from);
  for (let i = first; i < last; i++) into[at + i] = (samples[from + i] as number) / 32768;
}
