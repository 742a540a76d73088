import { PHONE_RATE } from '../../model/audio.ts';
import type { Pcm } from '../../model/audio.ts';
import type { EarKind, Transcriber } from '../../model/speech.ts';
import { ms } from '../../model/time.ts';
import { bounded } from '../bounded.ts';
import { resample } from '../dsp/resample.ts';
import { toFloats } from '../dsp/samples.ts';
import { growingEar } from '../growing.ts';
import { spokenWords } from '../spoken-words.ts';
import { spreadWords, timedWords } from '../written.ts';
import { startModel } from './engine.ts';
import type { ModelEngine } from './engine.ts';
import { RECOGNISER_RATE } from './load.ts';
import type { LibraryWord } from './load.ts';
import { installedModel, missingModel } from './models.ts';
import type { Family } from './models.ts';

/** A caller waits for the last reading of her turn; nobody waits for a whole call to be written down. */
const LIVE_LIMIT = ms(10_000);
const WRITING_LIMIT = ms(300_000);
const RATE = RECOGNISER_RATE;

/**
 * An ear of the models of one family, in a process of its own, which all calls share: `workers` would each hold the model
 * anew, and share the same cores. Nothing it heard is remembered: what a model costs is what one wants to know.
 */
export const earOf = (family: Family, summary: string): EarKind => ({
  summary,
  missing: async (named) => missingModel(family, named),
  open: async (_workers, _memory, named) => {
    const engine = await startModel({ ...installedModel(family, named), task: 'recognise' });
    return growingEar({
      rate: PHONE_RATE,
      read: ({ samples, signal }) =>
        bounded(LIVE_LIMIT, signal, async (mine) => {
          const { text } = await read(engine, resample(toFloats(samples), PHONE_RATE, RATE), false, mine);
          return spokenWords(text);
        }),
      troubleOf: (error) => `the ${family.engine} ear: ${error instanceof Error ? error.message : String(error)}`,
      close: () => engine.close(),
    });
  },
  transcriber: async (named) =>
    transcriberOf(await startModel({ ...installedModel(family, named), task: 'recognise' })),
});

interface Read {
  readonly text: string;
  readonly words?: readonly LibraryWord[];
}

const read = (engine: ModelEngine, samples: Float32Array, timed: boolean, signal: AbortSignal): Promise<Read> =>
  engine.ask({ kind: 'read', samples, timed }, signal) as Promise<Read>;

const transcriberOf = (engine: ModelEngine): Transcriber => ({
  rate: RATE,
  transcribe: (samples) => bounded(WRITING_LIMIT, undefined, (signal) => written(engine, samples, signal)),
  close: () => engine.close(),
});

async function written(engine: ModelEngine, samples: Pcm, signal: AbortSignal) {
  const { text, words } = await read(engine, toFloats(samples), true, signal);
  if (!words || words.length === 0) return spreadWords(text, samples, RATE);
  return timedWords(
    words.map(({ text: token, timestamp: [from, to] }) => ({
      text: token,
      fromMs: from * 1000,
      toMs: (to ?? samples.length / RATE) * 1000,
    })),
  );
}
