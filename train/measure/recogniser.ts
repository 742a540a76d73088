import { basename, dirname } from 'node:path';
import createModule, { type Decoder } from 'soundswallower';
import { readDictionary, STOCK_MODEL } from '../language/dictionary.ts';
import type { Signal } from '../speech/signal.ts';
import { grammarOf } from './grammar.ts';

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
  const decoder = new module.Decoder({
    hmm: listener.model,
    samprate: 8000,
    loglevel: 'FATAL',
    ...listener.settings,
  });
  await decoder.initialize();
  addMissingWords(decoder, listener.model);
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

function addMissingWords(decoder: Decoder, model: string): void {
  if (basename(model) !== basename(STOCK_MODEL)) return;
  const dictionary = readDictionary();
  for (const word of ['toothache', 'a.m.', 'p.m.', 'priya']) {
    if (!decoder.lookup_word(word)) decoder.add_words([word, dictionary.get(word)?.[0] ?? '']);
  }
}

function cpuMs(from: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1000;
}
