import { MASTER_RATE } from '../model/audio.ts';
import type { WordTime } from '../model/audio.ts';
import type { Spoken } from '../model/speech.ts';
import { AUDIBLE_DEPTH_DB, audibleBounds } from './dsp/bounds.ts';
import { levelled, NOMINAL_DB, SILENCE_DB, speechLevel } from './dsp/level.ts';
import { toPcm } from './dsp/samples.ts';

/** What a voice made of a clause: 16 kHz, its silences and level still its own. */
export interface RawClause {
  readonly text: string;
  readonly samples: Float32Array;
  readonly words: readonly WordTime[];
}

/** A clause in which there is nothing to say. */
export const NOTHING: Spoken = { text: '', samples: new Int16Array(), words: [] };

/** Kept before the first and after the last audible sample, so that no sound starts or ends in a click. */
const LEAD = (4 * MASTER_RATE) / 1000;
const TAIL = (20 * MASTER_RATE) / 1000;

/** Trims the silence around a clause, levels it to -26 dBov active (P.56), and moves its words along. */
export function clean({ text, samples, words }: RawClause): Spoken {
  const active = speechLevel(samples, MASTER_RATE).activeDb;
  const bounds = audibleBounds(samples, MASTER_RATE, active - AUDIBLE_DEPTH_DB);
  if (!bounds || active <= SILENCE_DB) return { ...NOTHING, text };
  const from = Math.max(0, bounds.onset - LEAD);
  const to = Math.min(samples.length, bounds.end + TAIL);
  const kept = fadeEdges(levelled(samples.slice(from, to), MASTER_RATE, NOMINAL_DB));
  const length = ((to - from) * 1000) / MASTER_RATE;
  const moved = (at: number): number => Math.max(0, Math.min(length, at - (from * 1000) / MASTER_RATE));
  return {
    text,
    samples: toPcm(kept),
    words: words.map(({ word, start, end }) => ({ word, start: moved(start), end: moved(end) })),
  };
}

/** Raised-cosine edges inside the kept lead and tail. */
function fadeEdges(samples: Float32Array): Float32Array {
  const faded = samples.slice();
  const ramp = (i: number, length: number): number => 0.5 - 0.5 * Math.cos((Math.PI * (i + 1)) / (length + 1));
  for (let i = 0; i < Math.min(LEAD, faded.length); i++) faded[i] = (faded[i] ?? 0) * ramp(i, LEAD);
  for (let i = 0; i < Math.min(TAIL, faded.length); i++) {
    const at = faded.length - 1 - i;
    faded[at] = (faded[at] ?? 0) * ramp(i, TAIL);
  }
  return faded;
}
