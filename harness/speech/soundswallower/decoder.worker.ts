import { parentPort, workerData } from 'node:worker_threads';
import createModule from 'soundswallower';
import type { Decoder, SoundSwallowerModule } from 'soundswallower';
import { yieldToMedia } from '../gentle.ts';
import type { Automaton } from './automaton.ts';
import { load } from './load.ts';
import type { Entry } from './dictionary.ts';

/** What a decoding thread starts with. */
export interface DecoderStart {
  readonly modelDir: string;
  readonly rate: number;
  /** The decoder's own settings, such as beams. */
  readonly settings: Readonly<Record<string, number | string | boolean>>;
  /** Whether a grammar's first decoder is made when the grammar is prepared, or when it is first listened with. */
  readonly warm: boolean;
}

/** What can be asked of a decoding thread. */
export type DecoderRequest =
  | { readonly kind: 'prepare'; readonly grammars: Readonly<Record<string, PreparedGrammar>> }
  | {
      readonly kind: 'push';
      readonly hearing: number;
      readonly grammar: string;
      readonly chunks: readonly Float32Array[];
    }
  | { readonly kind: 'finish'; readonly hearing: number }
  | { readonly kind: 'abandon'; readonly hearing: number };

/** A grammar with the only words its decoder needs to know. */
export interface PreparedGrammar {
  readonly automaton: Automaton;
  readonly entries: readonly Entry[];
}

const { modelDir, rate, settings, warm } = workerData as DecoderStart;
const grammars = new Map<string, PreparedGrammar>();
const idle = new Map<string, Decoder[]>();
const hearings = new Map<number, { readonly grammar: string; readonly decoder: Decoder }>();

yieldToMedia();
const engine = loadEngine();

async function loadEngine(): Promise<SoundSwallowerModule> {
  const noDefault: object = { defaultModel: null };
  const loaded = await createModule(noDefault);
  // The engine's loader installs handlers that print its whole source on any error of ours.
  process.removeAllListeners('uncaughtException');
  process.removeAllListeners('unhandledRejection');
  return loaded;
}

/** A decoder of its own per grammar and open utterance: switching a grammar costs up to 300 ms. */
async function makeDecoder(name: string): Promise<Decoder> {
  const grammar = grammars.get(name);
  if (!grammar) throw new Error(`no grammar was prepared under the name "${name}"`);
  const inside = await engine;
  const decoder = new inside.Decoder({
    ...settings,
    hmm: modelDir,
    dict: `${modelDir}/none`,
    samprate: rate,
    loglevel: 'FATAL',
  });
  await decoder.initialize();
  decoder.add_words(...grammar.entries.map(([word, phones]): [string, string] => [word, phones]));
  load(inside, decoder, grammar.automaton);
  return decoder;
}

async function prepare(fresh: Readonly<Record<string, PreparedGrammar>>): Promise<void> {
  for (const [name, grammar] of Object.entries(fresh)) {
    grammars.set(name, grammar);
    for (const old of idle.get(name) ?? []) old.delete();
    idle.set(name, warm ? [await makeDecoder(name)] : []);
  }
}

async function push(hearing: number, grammar: string, chunks: readonly Float32Array[]): Promise<string> {
  let open = hearings.get(hearing);
  if (!open) {
    const decoder = idle.get(grammar)?.pop() ?? (await makeDecoder(grammar));
    open = { grammar, decoder };
    hearings.set(hearing, open);
    decoder.start();
  }
  for (const chunk of chunks) open.decoder.process_audio(chunk, false, false);
  return open.decoder.get_text();
}

async function finish(hearing: number): Promise<string> {
  const open = hearings.get(hearing);
  if (!open) return '';
  const soFar = open.decoder.get_text();
  open.decoder.stop();
  // At the end only a path that completes the grammar counts; where none does, the best one on the way there is kept.
  const text = open.decoder.get_text() || soFar;
  await retire(hearing);
  return text;
}

/** Gives the decoder back without a trace of what it heard: its running cepstral mean would colour the next utterance. */
async function retire(hearing: number): Promise<void> {
  const open = hearings.get(hearing);
  if (!open) return;
  hearings.delete(hearing);
  await open.decoder.reinitialize_audio();
  idle.get(open.grammar)?.push(open.decoder);
}

async function abandon(hearing: number): Promise<void> {
  hearings.get(hearing)?.decoder.stop();
  await retire(hearing);
}

async function answer(request: DecoderRequest): Promise<unknown> {
  if (request.kind === 'prepare') return prepare(request.grammars);
  if (request.kind === 'push') return push(request.hearing, request.grammar, request.chunks);
  if (request.kind === 'finish') return finish(request.hearing);
  return abandon(request.hearing);
}

let last: Promise<void> = Promise.resolve();

parentPort?.on('message', (request: DecoderRequest) => {
  last = last
    .then(() => answer(request))
    .then(
      (value) => parentPort?.postMessage({ value }),
      (error: unknown) => parentPort?.postMessage({ error: error instanceof Error ? error.message : String(error) }),
    );
});
