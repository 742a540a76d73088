import type { Pcm } from '../model/audio.ts';
import { lanesOver, runLanes } from './vad-lanes.ts';
import { openSilero, VAD_RATE, VAD_WINDOW } from './silero.ts';
import type { Silero } from './silero.ts';

/** Speech from sample `from` up to sample `to`. */
export interface Region {
  readonly from: number;
  readonly to: number;
}

const SPEECH_ON = 0.5;
const SPEECH_OFF = 0.35;
/** Utterances closer than this are one (metrics' merge gap). */
const MERGE_MS = 200;

let shared: Promise<Silero> | undefined;

/**
 * Where there is speech in a stored channel at 8 kHz, to the model's 32 ms: the detector refines the edges by energy.
 * Only the stretches of `within`, in order and apart, are listened to, and each by itself: what lies far away, or how
 * much silence was recorded, does not change what is heard in it.
 */
export async function speechRegions(
  samples8k: Pcm,
  within: readonly Region[] = [{ from: 0, to: samples8k.length }],
): Promise<readonly Region[]> {
  shared ??= openSilero();
  const silero = await shared;
  const lanes = lanesOver(within);
  const found = await runLanes(silero, samples8k, lanes);
  let hearing = { regions: [] as readonly Region[], speaking: false };
  lanes.forEach((lane, i) => {
    const before = lane.continues ? hearing : { ...hearing, speaking: false };
    hearing = extend(before, found[i] ?? new Float32Array(), lane.from, Math.min(lane.to, samples8k.length));
  });
  return hearing.regions;
}

/** Hysteresis, then merging of what lies close together. */
function extend(
  { regions, speaking: was }: { readonly regions: readonly Region[]; readonly speaking: boolean },
  probabilities: Float32Array,
  start: number,
  end: number,
): { readonly regions: readonly Region[]; readonly speaking: boolean } {
  const gap = (MERGE_MS * VAD_RATE) / 1000;
  const extended = [...regions];
  let speaking = was;
  probabilities.forEach((probability, window) => {
    speaking = probability >= (speaking ? SPEECH_OFF : SPEECH_ON);
    if (!speaking) return;
    const from = Math.max(0, start + window * VAD_WINDOW);
    const to = Math.min(end, start + (window + 1) * VAD_WINDOW);
    const before = extended.at(-1);
    if (before && from - before.to < gap) extended[extended.length - 1] = { from: before.from, to };
    else if (to > from) extended.push({ from, to });
  });
  return { regions: extended, speaking };
}
