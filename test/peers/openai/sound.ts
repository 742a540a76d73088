import { resample } from '../../../harness/speech/dsp/resample.ts';
import { toFloats, toPcm } from '../../../harness/speech/dsp/samples.ts';
import type { Bench } from './open.ts';

/** Hz of a session's sound. */
export const RATE = 24_000;

/** The floor of a line, which is never digital silence. */
export const silence = (lengthMs: number): Int16Array =>
  Int16Array.from({ length: (lengthMs * RATE) / 1000 }, (_, i) => ((i * 7919) % 13) - 6);

/** A sentence as a caller says it. */
export async function spoken({ engines }: Bench, text: string): Promise<Int16Array> {
  const { samples } = await engines.voice.speak(text, { engine: 'flite', name: 'rms', rate: 1 });
  return toPcm(resample(toFloats(samples), 16_000, RATE));
}
