import type { Pcm } from '../../harness/model/audio.ts';
import type { Ear, Heard, Vad, Voice } from '../../harness/model/speech.ts';

/** Engines that need no models: each sentence is a tone of its own pitch, a quarter of a second a word. */

const RATE = 8000;
const WORD_MS = 250;
const STEP_HZ = 150;
const FIRST_HZ = 300;

/** A caller's sentence as a tone; `pitch` is its place in the list the ear knows. */
export function tone(pitch: number, lengthMs: number, peak = 3000): Pcm {
  const hz = FIRST_HZ + STEP_HZ * pitch;
  return Int16Array.from({ length: (lengthMs * RATE) / 1000 }, (_, n) =>
    Math.round(peak * Math.sin((2 * Math.PI * hz * n) / RATE)),
  );
}

/** How long `text` takes to say. */
export const lengthOf = (text: string): number => text.split(' ').length * WORD_MS;

interface Stretch {
  readonly from: number;
  samples: number;
  crossings: number;
  last: number;
}

/** Stretches of tone in what was heard, parted by 40 ms of quiet or more. */
function stretches(samples: readonly number[]): readonly Stretch[] {
  const found: Stretch[] = [];
  let current: Stretch | undefined;
  let quiet = 0;
  for (const [at, sample] of samples.entries()) {
    if (Math.abs(sample) < 200) quiet++;
    else quiet = 0;
    if (quiet > 320) current = undefined;
    else if (Math.abs(sample) >= 200) {
      if (!current) found.push((current = { from: at, samples: 0, crossings: 0, last: sample }));
      current.crossings += Math.sign(sample) !== Math.sign(current.last) ? 1 : 0;
      current.last = sample;
      current.samples = at - current.from + 1;
    }
  }
  return found;
}

/** An ear that knows each of `sentences` by its pitch and hears as many words as have sounded. */
export function toneEar(sentences: readonly string[]): Ear {
  const understood = (samples: readonly number[]): Heard => {
    const words = stretches(samples).flatMap(({ samples: length, crossings }) => {
      const hz = (crossings / 2 / length) * RATE;
      const sentence = sentences[Math.round((hz - FIRST_HZ) / STEP_HZ)] ?? '';
      return sentence.split(' ').slice(0, Math.round((length * 1000) / RATE / WORD_MS));
    });
    return { text: words.join(' '), garbage: 0 };
  };
  return {
    rate: RATE,
    prepare: async () => undefined,
    close: async () => undefined,
    listen: () => {
      const heard: number[] = [];
      return {
        push: async (samples) => {
          heard.push(...samples);
          return understood(heard);
        },
        finish: async () => understood(heard),
        abandon: () => undefined,
      };
    },
  };
}

/** A voice that hums 160 ms a word at 16 kHz. */
export const toneVoice: Voice = {
  speak: async (text) => {
    const words = text.split(' ').map((word, index) => ({ word, start: index * 160, end: index * 160 + 160 }));
    const length = words.length * 160 * 16;
    const samples = Int16Array.from({ length }, (_, n) =>
      Math.round(3000 * Math.sin((2 * Math.PI * 440 * n) / 16_000)),
    );
    return { text, samples, words };
  },
  close: async () => undefined,
};

/** Everything above the floor is speech. */
export function toneVad(): Vad {
  let pending = 0;
  let loud = false;
  return {
    window: 256,
    push: async (samples) => {
      pending += samples.length;
      loud = samples.some((sample) => Math.abs(sample) > 200);
      const windows = Math.floor(pending / 256);
      pending -= windows * 256;
      return Array.from({ length: windows }, () => (loud ? 0.95 : 0.02));
    },
  };
}
