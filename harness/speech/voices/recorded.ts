import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { MASTER_RATE } from '../../model/audio.ts';
import type { WordTime } from '../../model/audio.ts';
import { UsageError } from '../../model/errors.ts';
import type { Spoken, Voice, VoiceKind } from '../../model/speech.ts';
import { decodeWav } from '../../model/wav.ts';
import { clean } from '../clause.ts';
import { resample } from '../dsp/resample.ts';
import { toFloats } from '../dsp/samples.ts';

/** Recordings lie in a folder per speaker, beside the suite, or where hangup is run. */
const HOME = 'voices';

/** Sample rates a clip may have, Hz. */
const LOWEST_RATE = 8000;
const HIGHEST_RATE = 48_000;

const recorded: VoiceKind = {
  summary: 'people: WAV clips in voices/NAME beside the suite, a sentence each, named by its words or with a NAME.txt',
  voices: async (beside = '.') => speakersIn(join(beside, HOME)),
  missing: async () => undefined,
  open: async (beside = '.') => openRecorded(join(beside, HOME)),
};

export default recorded;

/**
 * A voice made of the clips in `home/<choice.name>/`: mono WAV of 8 to 48 kHz, at any level. A clip says the words of its
 * file name, joined by dashes (`yes-please.wav`), or those of the text file beside it (`07.wav` and `07.txt`). Where its
 * words lie may stand in `yes-please.words.json`, `[{ "word", "start", "end" }]` in ms; without it nobody knows, and what
 * she does is timed from her first sound. The rate is ignored: people speak as they spoke.
 * Throws UsageError for a clip that is missing, empty or of another format.
 */
export function openRecorded(home: string): Voice {
  const known = new Map<string, Spoken>();
  const clipsOf = (name: string): ReadonlyMap<string, string> => clipsIn(join(home, name));
  const pathOf = (text: string, name: string): string => {
    const path = clipsOf(name).get(clipName(text));
    if (path !== undefined) return path;
    const wanted = join(home, name, `${clipName(text)}.wav`);
    throw new UsageError(`No recording says "${text}"; record it as ${wanted} (16-bit mono WAV)`);
  };
  return {
    speak: async (text, { name }) => {
      const path = pathOf(text, name);
      const spoken = known.get(path) ?? load(path, text);
      known.set(path, spoken);
      return spoken;
    },
    stamp: (text, { name }) =>
      createHash('sha256')
        .update(readFileSync(`${pathOf(text, name)}.wav`))
        .digest('hex'),
    lacks: (texts, { name }) => texts.filter((text) => !clipsOf(name).has(clipName(text))),
    close: async () => known.clear(),
  };
}

/** Folders of `home` that hold a clip. */
const speakersIn = (home: string): readonly string[] =>
  existsSync(home)
    ? readdirSync(home, { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && clipsIn(join(home, entry.name)).size > 0)
        .map(({ name }) => name)
        .sort()
    : [];

/** Clips of one speaker by what they say, as paths without ending. */
function clipsIn(folder: string): ReadonlyMap<string, string> {
  if (!existsSync(folder)) return new Map();
  const stems = readdirSync(folder)
    .filter((name) => name.endsWith('.wav'))
    .sort()
    .map((name) => join(folder, name.slice(0, -'.wav'.length)));
  return new Map(stems.map((stem) => [clipName(saidIn(stem)), stem]));
}

const saidIn = (stem: string): string =>
  existsSync(`${stem}.txt`) ? readFileSync(`${stem}.txt`, 'utf8') : basename(stem);

/** The file name, without ending, of the clip that says `text`. */
export const clipName = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/['\u2019]/g, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '');

function load(path: string, text: string): Spoken {
  const wav = `${path}.wav`;
  const { rate, channels } = decodeWav(readFileSync(wav), wav);
  const [samples] = channels;
  if (channels.length !== 1)
    throw new UsageError(`${wav} has ${channels.length} channels; a caller's clip must be mono`);
  if (!samples || samples.length === 0) throw new UsageError(`${wav} is empty; record it again`);
  if (rate < LOWEST_RATE || rate > HIGHEST_RATE)
    throw new UsageError(`${wav} has ${rate} Hz; record it at 8000 to 48000 Hz`);
  const spoken = clean({ text, samples: resample(toFloats(samples), rate, MASTER_RATE), words: wordsAt(path) });
  if (spoken.samples.length === 0) throw new UsageError(`${wav} is silent; record it again`);
  return spoken;
}

function wordsAt(path: string): readonly WordTime[] {
  const file = `${path}.words.json`;
  if (!existsSync(file)) return [];
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
