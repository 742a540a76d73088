import { dbToGain, rmsDb } from './level.ts';

/** From the first audible sample to one past the last. */
export interface Bounds {
  readonly onset: number;
  readonly end: number;
}

/** Speech is audible down to this many dB below its active level. */
export const AUDIBLE_DEPTH_DB = 30;

/** Of `SUSTAIN_HOPS` windows after an onset, so many must be audible: a lone click is not speech. */
const SUSTAIN_HOPS = 20;
const SUSTAINED = 14;

/**
 * Where clean speech is audible: windows of 4 ms every 1 ms whose level exceeds `thresholdDb` (dBov) and is
 * sustained, then to the first and last sample that reaches that amplitude. Undefined when nothing does.
 */
export function audibleBounds(samples: Float32Array, rate: number, thresholdDb: number): Bounds | undefined {
  const hop = Math.round(rate / 1000);
  const window = 4 * hop;
  const hops = Math.max(0, Math.floor((samples.length - window) / hop) + 1);
  const audible = Array.from({ length: hops }, (_, i) => rmsDb(samples, i * hop, i * hop + window) > thresholdDb);
  const first = sustained(audible);
  const last = hops - 1 - sustained(audible.toReversed());
  if (first >= hops) return undefined;
  const amplitude = dbToGain(thresholdDb);
  let onset = first * hop;
  while (onset < samples.length - 1 && Math.abs(samples[onset] ?? 0) < amplitude) onset++;
  let end = last * hop + window;
  while (end > onset + 1 && Math.abs(samples[end - 1] ?? 0) < amplitude) end--;
  return { onset, end };
}

/** Index of the first audible window that is sustained; of the first audible one when none is; else the length. */
function sustained(audible: readonly boolean[]): number {
  let count = audible.slice(0, SUSTAIN_HOPS).filter(Boolean).length;
  for (let i = 0; i < audible.length; i++) {
    if (audible[i] && count >= SUSTAINED) return i;
    count += Number(audible[i + SUSTAIN_HOPS] ?? false) - Number(audible[i]);
  }
  const any = audible.indexOf(true);
  return any < 0 ? audible.length : any;
}
