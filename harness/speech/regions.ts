import type { Pcm } from '../model/audio.ts';
import { openSilero, VAD_RATE, VAD_WINDOW } from './silero.ts';
import type { Silero } from './silero.ts';

/** Speech from sample `from` up to sample `to`. */
export interface Region {
  readonly from: number;
  readonly to: number;
}

/** A lane decides on this much audio, in windows; before it, it listens to some it does not decide on. */
const LANE_WINDOWS = 250;
const WARM_WINDOWS = 48;
/** Lanes that run as one batch. */
const BATCH = 16;

const SPEECH_ON = 0.5;
const SPEECH_OFF = 0.35;
/** Utterances closer than this are one (metrics' merge gap). */
const MERGE_MS = 200;

let shared: Promise<Silero> | undefined;

/**
 * Where there is speech in a stored channel at 8 kHz, to the model's 32 ms: the detector refines the edges by energy.
 * Stretches of 8 s run side by side as one batch, each after 1.5 s of listening in.
 */
export async function speechRegions(samples8k: Pcm): Promise<readonly Region[]> {
  shared ??= openSilero();
  return regionsOf(await speechProbabilities(await shared, samples8k), samples8k.length);
}

/** Probability of speech of every window of 256 samples; the last is filled with silence. */
export async function speechProbabilities(silero: Silero, samples: Pcm): Promise<Float32Array> {
  const windows = Math.ceil(samples.length / VAD_WINDOW);
  const probabilities = new Float32Array(windows);
  const starts = Array.from({ length: Math.ceil(windows / LANE_WINDOWS) }, (_, lane) => lane * LANE_WINDOWS);
  for (let first = 0; first < starts.length; first += BATCH) {
    const lanes = starts.slice(first, first + BATCH);
    let state = silero.fresh(lanes.length);
    for (let step = -WARM_WINDOWS; step < LANE_WINDOWS; step++) {
      const batch = new Float32Array(lanes.length * VAD_WINDOW);
      lanes.forEach((start, lane) => copyWindow(samples, start + step, batch, lane));
      const [next, found] = await silero.step(state, batch);
      state = next;
      if (step < 0) continue;
      lanes.forEach((start, lane) => {
        if (start + step < windows) probabilities[start + step] = found[lane] ?? 0;
      });
    }
  }
  return probabilities;
}

function copyWindow(samples: Pcm, window: number, batch: Float32Array, lane: number): void {
  if (window < 0) return;
  const piece = samples.subarray(window * VAD_WINDOW, (window + 1) * VAD_WINDOW);
  for (let i = 0; i < piece.length; i++) batch[lane * VAD_WINDOW + i] = (piece[i] ?? 0) / 32768;
}

/** Hysteresis, then merging of what lies close together. */
function regionsOf(probabilities: Float32Array, length: number): readonly Region[] {
  const gap = (MERGE_MS * VAD_RATE) / 1000;
  const regions: Region[] = [];
  let speaking = false;
  probabilities.forEach((probability, window) => {
    speaking = probability >= (speaking ? SPEECH_OFF : SPEECH_ON);
    if (!speaking) return;
    const from = window * VAD_WINDOW;
    const to = Math.min(length, from + VAD_WINDOW);
    const before = regions.at(-1);
    if (before && from - before.to < gap) regions[regions.length - 1] = { from: before.from, to };
    else regions.push({ from, to });
  });
  return regions;
}
