import type { Leg } from '../../harness/model/line.ts';
import { after, type Ms } from '../../harness/model/time.ts';

/** Samples in a second of a wide line. */
export const RATE = 16_000;

/** A tone of 500 Hz. */
export const tone = (forMs: number): Int16Array =>
  Int16Array.from({ length: (forMs * RATE) / 1000 }, (_, i) => 8_000 * Math.sin((2 * Math.PI * 500 * i) / RATE));

/** When the tone begins and ends in what a leg heard, by its own map. */
export function heardAt({ receivedAudio, maps }: Leg): { readonly from: Ms; readonly to: Ms } {
  const timeOf = (index: number): Ms => {
    const map = maps.findLast(({ from }) => from <= index) ?? maps[0];
    if (!map) throw new Error('nothing was heard at all');
    return after(map.originMs, (index - map.from) * map.msPerSample);
  };
  const loud = (sample: number): boolean => Math.abs(sample) > 3_000;
  return { from: timeOf(receivedAudio.findIndex(loud)), to: timeOf(receivedAudio.findLastIndex(loud)) };
}
