import type OpenAI from 'openai';
import { MASTER_RATE, PHONE_RATE } from '../../model/audio.ts';
import type { EngineName } from '../../model/makeup.ts';
import type { EarKind, Transcriber } from '../../model/speech.ts';
import { ms } from '../../model/time.ts';
import { bounded } from '../bounded.ts';
import { growingEar } from '../growing.ts';
import type { Reading } from '../growing.ts';
import { greeted, isTheirs, missingService, tried, troubleOf } from '../openai/service.ts';
import { transcribed, writtenDown } from '../openai/transcription.ts';
import { spokenWords } from '../spoken-words.ts';

/** Streams, and is the quicker one; for word times name `openai:whisper-1`. */
const LIVE_MODEL = 'gpt-4o-mini-transcribe';
const WRITING_MODEL = 'whisper-1';
/** The model of a server that has one only: `hangup serve-openai`. */
const LOCAL_MODEL = 'hangup-ear';
/** A caller waits for the last reading of her turn; nobody waits for a whole call to be written down. */
const LIVE_LIMIT = ms(4000);
const WRITING_LIMIT = ms(60_000);
/** What is heard first, of nobody: the service takes nothing shorter than 100 ms. */
const GREETING = new Int16Array(PHONE_RATE / 4);

/**
 * OpenAI's transcription, or any server that speaks its protocol: `openai[:MODEL][@URL]`, else at `OPENAI_BASE_URL`, with
 * the key in `OPENAI_API_KEY`. Nothing it heard is remembered: what a model costs is what one wants to know.
 */
const openai: EarKind = {
  summary: 'OpenAI transcription, or any server with its protocol: openai:MODEL@URL; needs OPENAI_API_KEY or a URL',
  missing: async (named) => missingService('ear', named),
  open: async (_workers, _memory, named) => {
    const model = modelOf(named, LIVE_MODEL);
    const service = await ready(named, model);
    return growingEar({
      rate: PHONE_RATE,
      read: (reading) => patiently(reading, (signal) => wordsOf(service, model, reading, signal)),
      troubleOf: (error) => `the OpenAI ear: ${troubleOf(error)}`,
      close: async () => undefined,
    });
  },
  transcriber: async (named) => {
    const model = modelOf(named, WRITING_MODEL);
    return openTranscriber(await ready(named, model), model);
  },
};

export default openai;

const modelOf = (named: EngineName | undefined, theirs: string): string =>
  named?.model ?? (isTheirs(named) ? theirs : LOCAL_MODEL);

const ready = (named: EngineName | undefined, model: string): Promise<OpenAI> =>
  greeted('ear', named, (service) =>
    tried(LIVE_LIMIT, undefined, (signal) =>
      transcribed(service, { samples: GREETING, rate: PHONE_RATE, model }, signal),
    ),
  );

const wordsOf = async (
  service: OpenAI,
  model: string,
  { samples, state }: Reading,
  signal: AbortSignal,
): Promise<string> =>
  spokenWords(await transcribed(service, { samples, rate: PHONE_RATE, model, prompt: state }, signal));

/** A partial reading is tried once; the final one twice: an ear says nothing twice. */
const patiently = ({ of, signal }: Reading, ask: (signal: AbortSignal) => Promise<string>): Promise<string> =>
  of === 'partial' ? bounded(LIVE_LIMIT, signal, ask) : tried(LIVE_LIMIT, signal, ask);

const openTranscriber = (service: OpenAI, model: string): Transcriber => ({
  rate: MASTER_RATE,
  transcribe: (samples) =>
    tried(WRITING_LIMIT, undefined, (signal) => writtenDown(service, { samples, rate: MASTER_RATE, model }, signal)),
  close: async () => undefined,
});
