import { createHash } from 'node:crypto';
import type { Pcm } from '../../model/audio.ts';
import type { Ear, Heard, Hearing } from '../../model/speech.ts';
import { toFloats } from '../dsp/samples.ts';
import { scriptBeside, startHand } from '../workers.ts';
import type { Hand } from '../workers.ts';
import { compile } from './automaton.ts';
import { openDecodes } from './decodes.ts';
import type { Decodes } from './decodes.ts';
import type { DecoderRequest, DecoderStart, PreparedGrammar } from './decoder.worker.ts';
import { commonEntries, commonRule, commonWords } from './common.ts';
import { entriesOf, readDictionary, wordsOf } from './dictionary.ts';
import type { Dictionary, Entry } from './dictionary.ts';
import { garbageRule, garbageWords, withoutGarbage } from './garbage.ts';

/** An acoustic model and how to search with it. */
export interface EarModel {
  /** Folder with `mdef`, `means` and the rest of a SphinxTrain model. */
  readonly dir: string;
  /** Pronouncing dictionary, `dict.txt` of the model or of another with the same phones. */
  readonly dictionary: string;
  /** Settings of the search, such as `beam` and `wbeam`. */
  readonly settings: Readonly<Record<string, number | string | boolean>>;
}

/** The rate the ear listens at, Hz. */
export const EAR_RATE = 8000;

/**
 * Opens SoundSwallower with `model` on `workers` threads. Same grammar and same samples in the same pieces, same words:
 * whichever thread, whatever it heard before. What was decoded once is remembered; with a `cacheFile` in it too, and a
 * grammar's decoder is made only once something new is heard: for virtual time, which stands still meanwhile.
 */
export async function openEarWith(model: EarModel, workers: number, cacheFile?: string): Promise<Ear> {
  const start: DecoderStart = {
    modelDir: model.dir,
    rate: EAR_RATE,
    settings: model.settings,
    // Who remembers may never need to decode.
    warm: cacheFile === undefined,
  };
  const desks = Array.from({ length: workers }, () => ({
    hand: startHand(scriptBeside(import.meta.url, 'decoder.worker'), start),
    open: 0,
  }));
  const decodes = openDecodes(cacheFile);
  const roots = new Map<string, string>();
  let count = 0;
  return {
    rate: EAR_RATE,
    prepare: async (grammars, pronunciations = {}) => {
      const words = [...Object.values(grammars).flatMap(wordsOf), ...commonWords];
      const dictionary = readDictionary(model.dictionary, words);
      const prepared = Object.entries(grammars).map(
        ([name, jsgf]) =>
          [name, withOutside(jsgf, entriesOf(wordsOf(jsgf), dictionary, pronunciations), dictionary)] as const,
      );
      for (const [name, grammar] of prepared) roots.set(name, fingerprint(model, grammar));
      const request: DecoderRequest = { kind: 'prepare', grammars: Object.fromEntries(prepared) };
      await Promise.all(desks.map(({ hand }) => hand.ask(request)));
    },
    listen: (name) => {
      const root = roots.get(name);
      if (root === undefined) throw new Error(`no grammar was prepared under the name "${name}"`);
      const desk = desks.reduce((best, one) => (one.open < best.open ? one : best));
      desk.open++;
      return openHearing({ hand: desk.hand, grammar: name, id: ++count, root, decodes, done: () => desk.open-- });
    },
    close: async () => {
      decodes.save();
      await Promise.all(desks.map(({ hand }) => hand.close()));
    },
  };
}

/** A grammar with the rules for what is outside it, as far as it uses them. */
function withOutside(jsgf: string, own: readonly Entry[], dictionary: Dictionary): PreparedGrammar {
  const rules = [jsgf];
  const entries = [...own];
  if (jsgf.includes('<garbage>')) {
    rules.push(garbageRule);
    entries.push(...garbageWords);
  }
  if (jsgf.includes('<common>')) {
    rules.push(commonRule);
    entries.push(...commonEntries(dictionary));
  }
  return { automaton: compile(rules.join('\n')), entries };
}

interface Utterance {
  readonly hand: Hand;
  readonly grammar: string;
  readonly id: number;
  readonly root: string;
  readonly decodes: Decodes;
  readonly done: () => void;
}

/** Pieces go to the decoder only once something is asked that was not decoded before. */
function openHearing({ hand, grammar, id, root, decodes, done }: Utterance): Hearing {
  let key = root;
  let unsent: Float32Array[] = [];
  let started = false;
  let over = false;
  const send = (): Promise<unknown> => {
    const request: DecoderRequest = { kind: 'push', hearing: id, grammar, chunks: unsent };
    unsent = [];
    started = true;
    return hand.ask(request);
  };
  const end = (): void => {
    if (!over) done();
    over = true;
  };
  return {
    push: async (samples) => {
      if (over) throw new Error('this utterance is over; listen() begins another');
      unsent.push(toFloats(samples));
      key = chained(key, samples);
      return decodes.get(key) ?? decodes.keep(key, heardOf(await send()));
    },
    finish: async () => {
      if (over) throw new Error('this utterance is over; listen() begins another');
      end();
      const finalKey = `${key}.`;
      const known = decodes.get(finalKey);
      if (known) {
        if (started) await hand.ask({ kind: 'abandon', hearing: id } satisfies DecoderRequest);
        return known;
      }
      if (unsent.length > 0) void send();
      const text = await hand.ask({ kind: 'finish', hearing: id } satisfies DecoderRequest);
      return decodes.keep(finalKey, heardOf(text));
    },
    abandon: () => {
      if (over) return;
      end();
      if (started) void hand.ask({ kind: 'abandon', hearing: id } satisfies DecoderRequest);
    },
  };
}

/** What was decoded, without the marks of other ways of saying a word and without garbage. */
function heardOf(text: unknown): Heard {
  const decoded = String(text).toLowerCase().split(/\s+/).filter(Boolean);
  const { words, lost, outline } = withoutGarbage(decoded.map((word) => word.replace(/\(\d+\)$/, '')));
  return { text: words.join(' '), garbage: lost === 0 ? 0 : lost / (lost + words.length), outline };
}

const chained = (key: string, samples: Pcm): string =>
  createHash('sha256')
    .update(key)
    .update(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength))
    .digest('base64');

/** Goes up when the same sound is told in another way: what was remembered before is of no use then. */
const TOLD = 2;

const fingerprint = (model: EarModel, grammar: PreparedGrammar): string =>
  createHash('sha256')
    .update(JSON.stringify([TOLD, model, grammar]))
    .digest('base64');
