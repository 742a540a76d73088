import { dirname } from 'node:path';
import createModule, { type Decoder } from 'soundswallower';
import { readDictionary } from '../language/dictionary.ts';
import type { Signal } from '../speech/signal.ts';
import { GARBAGE_WORDS, grammarOf, wordsOfGrammars } from './grammar.ts';

/** A model to listen with, and how. */
export interface Listener {
  /** Absolute folder of the model. */
  readonly model: string;
  /** Decoder settings, e.g. `{ beam: 1e-60 }`. */
  readonly settings: Readonly<Record<string, number | string | boolean>>;
}

/** Decodes utterances at 8 kHz as a live ear would: in pieces of 100 ms, each utterance from a clean start. */
export interface Recogniser {
  hear(
    state: string,
    line: Signal,
  ): Promise<{ readonly text: string; readonly cpuMs: number; readonly finishMs: number }>;
}

/** Loads a model and a decoder. */
export async function openRecogniser(listener: Listener): Promise<Recogniser> {
  // Its types leave modelBase out; without it models are looked for in the working directory.
  const place = { modelBase: `${dirname(listener.model)}/` } as object;
  const module = await createModule(place);
  // Its loader installs handlers that print its whole source on any error.
  process.removeAllListeners('uncaughtException');
  process.removeAllListeners('unhandledRejection');
  const decoder = new module.Decoder({
    hmm: listener.model,
    samprate: 8000,
    loglevel: 'FATAL',
    ...listener.settings,
  });
  await decoder.initialize();
  addMissingWords(decoder);
  let loaded = '';
  return {
    hear: async (state, line) => {
      if (state !== loaded) decoder.set_grammar(grammarOf(state));
      loaded = state;
      // Forgets the noise and mean estimates of the utterance before: same samples, same words.
      await decoder.reinitialize_audio();
      const from = process.cpuUsage();
      decoder.start();
      for (let at = 0; at < line.samples.length; at += 800) {
        decoder.process_audio(line.samples.slice(at, at + 800), false, false);
        decoder.get_text();
      }
      const beforeFinish = process.cpuUsage();
      decoder.stop();
      const text = decoder.get_text();
      return { text, cpuMs: cpuMs(from), finishMs: cpuMs(beforeFinish) };
    },
  };
}

/** Either model gets the words it lacks from the stock dictionary: both have its phones. */
function addMissingWords(decoder: Decoder): void {
  const dictionary = readDictionary();
  const missing = wordsOfGrammars().filter((word) => !decoder.lookup_word(word));
  const entries = missing.map((word): [string, string] => [word, dictionary.get(word)?.[0] ?? '']);
  decoder.add_words(...entries, ...GARBAGE_WORDS.map(([word, phones]): [string, string] => [word, phones]));
}

function cpuMs(from: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1000;
}
