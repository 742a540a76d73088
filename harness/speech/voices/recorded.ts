import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MASTER_RATE } from '../../model/audio.ts';
import type { WordTime } from '../../model/audio.ts';
import { UsageError } from '../../model/errors.ts';
import type { Spoken, Voice, VoiceKind } from '../../model/speech.ts';
import { decodeWav } from '../../model/wav.ts';
import { clean } from '../clause.ts';
import { resample } from '../dsp/resample.ts';
import { toFloats } from '../dsp/samples.ts';

/** Recordings lie in a folder per speaker: `voices/NAME`, beside where hangup is run. */
const HOME = 'voices';

const recorded: VoiceKind = {
  summary: 'people: WAV clips with word times in voices/NAME, one NAME.wav and NAME.words.json per sentence',
  voices: async () => [],
  missing: async () => undefined,
  open: async () => openRecorded(HOME),
};

export default recorded;

/**
 * A voice made of the clips in `home/<choice.name>/`. A sentence's file name is its words, lower case, joined by dashes:
 * `yes-please.wav`, 16-bit mono, and `yes-please.words.json`, `[{ "word", "start", "end" }]` in ms. The rate is ignored:
 * people speak as they spoke. Throws UsageError for a clip that is missing, empty or of another format.
 */
export function openRecorded(home: string): Voice {
  const known = new Map<string, Spoken>();
  return {
    speak: async (text, { name }) => {
      const path = join(home, name, clipName(text));
      const spoken = known.get(path) ?? load(path, text);
      known.set(path, spoken);
      return spoken;
    },
    close: async () => known.clear(),
  };
}

/** The file name, without ending, of the clip that says `text`. */
export const clipName = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/['\u2019]/g, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '');

function load(path: string, text: string): Spoken {
  const wav = `${path}.wav`;
  if (!existsSync(wav)) throw new UsageError(`No recording says "${text}"; record it as ${wav} (16-bit mono WAV)`);
  const { rate, channels } = decodeWav(readFileSync(wav), wav);
  const [samples] = channels;
  if (channels.length !== 1)
    throw new UsageError(`${wav} has ${channels.length} channels; a caller's clip must be mono`);
  if (!samples || samples.length === 0) throw new UsageError(`${wav} is empty; record it again`);
  const spoken = clean({ text, samples: resample(toFloats(samples), rate, MASTER_RATE), words: wordsAt(path) });
  if (spoken.samples.length === 0) throw new UsageError(`${wav} is silent; record it again`);
  return spoken;
}

function wordsAt(path: string): readonly WordTime[] {
  const file = `${path}.words.json`;
  if (!existsSync(file)) throw new UsageError(`${file} is missing; it holds [{"word", "start", "end"}] in ms`);
  const listed = parsed(readFileSync(file, 'utf8'));
  if (!Array.isArray(listed) || !listed.every(isWordTime)) {
    throw new UsageError(`${file} is not a list of {"word", "start", "end"} in ms; write it again`);
  }
  return listed;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isWordTime(value: unknown): value is WordTime {
  if (typeof value !== 'object' || value === null) return false;
  const { word, start, end } = value as Record<string, unknown>;
  return typeof word === 'string' && typeof start === 'number' && typeof end === 'number' && start <= end;
}
