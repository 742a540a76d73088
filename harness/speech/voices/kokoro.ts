import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { MASTER_RATE } from '../../model/audio.ts';
import { UsageError } from '../../model/errors.ts';
import type { EngineName } from '../../model/makeup.ts';
import type { Spoken, Voice, VoiceChoice, VoiceKind } from '../../model/speech.ts';
import { ms } from '../../model/time.ts';
import { bounded } from '../bounded.ts';
import { clean, NOTHING } from '../clause.ts';
import { resample } from '../dsp/resample.ts';
import { openFlite, phonesOf } from '../flite/engine.ts';
import type { FliteEngine } from '../flite/engine.ts';
import { speakable, tokensOf } from '../flite/text.ts';
import { phonemesOf } from '../kokoro/phonemes.ts';
import { startModel } from '../transformers/engine.ts';
import type { ModelEngine } from '../transformers/engine.ts';
import { SPEAKER_RATE } from '../transformers/load.ts';
import { installedModel, KOKORO, missingModel, modelsFolder, voiceFile } from '../transformers/models.ts';
import { spreadTimes } from '../written.ts';

const LIMIT = ms(60_000);
const FLITE_THREADS = 1;

/**
 * Kokoro on this machine, through transformers.js: `kokoro[:af_heart|am_michael|bf_emma|...]`. It is given phonemes, and the
 * program it usually has them from (eSpeak NG) is under the GPL; here they come from flite's lexicon, which every
 * installation has: right sounds, and guessed stress. Word times are estimates, by the words' lengths.
 */
const kokoro: VoiceKind = {
  summary:
    'Kokoro-82M on this machine: kokoro:af_heart, am_michael, bf_emma, ...; fetched by `hangup fetch kokoro:af_heart`',
  voices: async () => {
    const folder = join(modelsFolder(), KOKORO.repo(''), 'voices');
    return existsSync(folder) ? readdirSync(folder).flatMap((name) => /^(.+)\.bin$/.exec(name)?.[1] ?? []) : [];
  },
  missing: async (named) => missingModel(KOKORO, named),
  open: async (_beside, named) => {
    const found = installedModel(KOKORO, named);
    // One after the other: what cannot be loaded leaves nothing open.
    const engine = await startModel({ ...found, task: 'speak' });
    return openVoice(await openFlite(FLITE_THREADS), engine, named);
  },
};

export default kokoro;

function openVoice(flite: FliteEngine, engine: ModelEngine, named: EngineName | undefined): Voice {
  const spoken = new Map<string, Promise<Spoken>>();
  return {
    speak: async (text, choice) => {
      const key = JSON.stringify([text, choice.name, choice.rate]);
      const known = spoken.get(key) ?? speak(flite, engine, text, { ...choice, name: voiceOf(choice, named) });
      spoken.set(key, known);
      known.catch(() => spoken.delete(key));
      return known;
    },
    close: async () => {
      await Promise.all([flite.close(), engine.close()]);
    },
  };
}

/** A choice made for another engine says nothing here; the voice that was named does then. */
const voiceOf = ({ engine, name }: VoiceChoice, named: EngineName | undefined): string =>
  engine === 'kokoro' ? name : (named?.model ?? KOKORO.usual);

async function speak(
  flite: FliteEngine,
  engine: ModelEngine,
  text: string,
  { name, rate }: VoiceChoice,
): Promise<Spoken> {
  const voice = styleOf(name);
  const tokens = tokensOf(text).filter((token) => speakable(token) !== '');
  if (tokens.length === 0) return { ...NOTHING, text };
  const found = await phonesOf(flite, tokens.map(speakable));
  const phonemes = phonemesOf(text, new Map(tokens.map((token, i) => [token, found[i] ?? []])));
  const made = await bounded(LIMIT, undefined, (signal) =>
    engine.ask({ kind: 'speak', phonemes, voice, speed: rate }, signal),
  );
  const samples = resample(made as Float32Array, SPEAKER_RATE, MASTER_RATE);
  return clean({ text, samples, words: spreadTimes(tokens, samples, MASTER_RATE) });
}

/** A voice as the model takes it. Throws UsageError, with the command that fetches it, when it is not there. */
function styleOf(name: string): Float32Array {
  const path = join(modelsFolder(), KOKORO.repo(''), voiceFile(name));
  if (!/^\w+$/.test(name) || !existsSync(path)) {
    throw new UsageError(
      missingModel(KOKORO, { model: name }) ?? `Kokoro has no voice "${name}"; run \`hangup list voices\``,
    );
  }
  const bytes = readFileSync(path);
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}
