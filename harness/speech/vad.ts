export { speechRegions } from './regions.ts';
export type { Region } from './regions.ts';
import type { Pcm } from '../model/audio.ts';
import type { Vad } from '../model/speech.ts';
import { openSilero, VAD_WINDOW } from './silero.ts';
import type { Silero } from './silero.ts';

/** Voice activity detection, warm and shared by all streams. */
export interface VadEngine {
  /** A stream with its own memory, 8 kHz. */
  stream(): Vad;
  close(): Promise<void>;
}

/** Opens Silero and runs it once, so that the first window of a call costs what the others do (0.1 ms). */
export async function openVad(): Promise<VadEngine> {
  const silero = await openSilero();
  await silero.step(silero.fresh(1), new Float32Array(VAD_WINDOW));
  return { stream: () => openStream(silero), close: () => silero.close() };
}

/** RMS of -60 dBov, above the floor a line always sends and below any speech that could be understood. */
const QUIET = 0.001;
/** Quiet windows after which the model has nothing left to forget, and need not be asked until there is sound again. */
const SETTLED = 6;

const isQuiet = (window: Float32Array): boolean =>
  window.reduce((sum, value) => sum + value * value, 0) < QUIET * QUIET * window.length;

function openStream(silero: Silero): Vad {
  let state = silero.fresh(1);
  let quietFor = 0;
  let pending = new Float32Array(0);
  let last: Promise<unknown> = Promise.resolve();
  const take = async (samples: Pcm): Promise<readonly number[]> => {
    const joined = new Float32Array(pending.length + samples.length);
    joined.set(pending);
    samples.forEach((value, i) => (joined[pending.length + i] = value / 32768));
    const probabilities: number[] = [];
    let at = 0;
    for (; at + VAD_WINDOW <= joined.length; at += VAD_WINDOW) {
      const window = joined.slice(at, at + VAD_WINDOW);
      quietFor = isQuiet(window) ? quietFor + 1 : 0;
      if (quietFor > SETTLED) {
        probabilities.push(0);
        continue;
      }
      const [next, [probability = 0]] = await silero.step(state, window);
      state = next;
      probabilities.push(probability);
    }
    pending = joined.slice(at);
    return probabilities;
  };
  return {
    window: VAD_WINDOW,
    push: (samples) => {
      const done = last.then(() => take(samples));
      last = done.catch(() => undefined);
      return done;
    },
  };
}
