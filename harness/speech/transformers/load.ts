import { availableParallelism } from 'node:os';
import type * as Transformers from '@huggingface/transformers';
import type { FoundModel } from './models.ts';

type Library = typeof Transformers;

/** Half the machine: the other half belongs to the calls. */
const THREADS = Math.max(1, Math.floor(availableParallelism() / 2));

/** transformers.js, told to look in `folder` and nowhere else: a model is fetched when somebody says so, not in a call. */
export async function libraryFor(folder: string): Promise<Library> {
  const library = await import('@huggingface/transformers');
  const { env } = library;
  env.allowRemoteModels = false;
  env.localModelPath = folder;
  env.cacheDir = folder;
  env.logLevel = library.LogLevel.ERROR;
  return library;
}

/** How each model is loaded: at its precision, on the CPU, with half the cores. */
export const loadOptions = ({ dtype }: Pick<FoundModel, 'dtype'>) => ({
  dtype,
  device: 'cpu' as const,
  session_options: { intraOpNumThreads: THREADS, interOpNumThreads: 1 },
});

/** A word with its times, in seconds, as the library tells them. */
export interface LibraryWord {
  readonly text: string;
  readonly timestamp: readonly [number, number | null];
}

/** Speech to text: `samples` at 16 kHz. */
export interface Recogniser {
  read(
    samples: Float32Array,
    timed: boolean,
  ): Promise<{ readonly text: string; readonly words?: readonly LibraryWord[] | undefined }>;
  /** Ends the reading under way after the token it is at. */
  interrupt(): void;
}

/** Above this an input is cut into overlapping stretches, s: a model of the Whisper kind hears no more at once. */
const WINDOW_S = 30;
/** No one speaks more tokens a second; a model that repeats itself does. */
const TOKENS_PER_S = 8;
const TOKENS_AT_LEAST = 20;
const mostTokens = (seconds: number): number => Math.ceil(TOKENS_AT_LEAST + TOKENS_PER_S * Math.min(seconds, WINDOW_S));

/** Hz of what a recogniser hears. */
export const RECOGNISER_RATE = 16_000;

/** Loads a model of the Whisper or Moonshine kind, and runs it once: the first reading costs what the others do. */
export async function loadRecogniser(model: FoundModel): Promise<Recogniser> {
  const library = await libraryFor(model.folder);
  const asr = await library.pipeline('automatic-speech-recognition', model.repo, loadOptions(model));
  let interrupted = false;
  // Asked for every token. A stopping criterion would be the way, but Whisper's generation (4.3.1) drops it.
  const streamer = Object.assign(new library.BaseStreamer(), {
    put: () => {
      if (interrupted) throw new Error('was interrupted');
    },
    end: () => undefined,
  });
  const { generation_config: config } = asr.model as { generation_config?: { is_multilingual?: boolean } | null };
  const language = config?.is_multilingual ? { language: 'en', task: 'transcribe' } : {};
  let tellsTimes = true;
  const decode = async (samples: Float32Array, timed: boolean) => {
    const seconds = samples.length / RECOGNISER_RATE;
    const options = {
      ...language,
      // Its type asks for a streamer of text; any will do.
      streamer: streamer as never,
      ...(seconds > WINDOW_S ? { chunk_length_s: WINDOW_S } : {}),
      // With a limit on its tokens, timed Whisper would not go on where it broke off.
      ...(timed ? { return_timestamps: 'word' as const } : { max_new_tokens: mostTokens(seconds) }),
    };
    return (await asr(samples, options)) as { text: string; chunks?: LibraryWord[] };
  };
  const read: Recogniser['read'] = async (samples, timed) => {
    interrupted = false;
    if (timed && tellsTimes) {
      try {
        const { text, chunks } = await decode(samples, true);
        return { text, words: chunks };
      } catch (error) {
        if (interrupted) throw error;
        // A model that was exported without its attention tells no times, and says so only when it is asked.
        tellsTimes = false;
      }
    }
    return { text: (await decode(samples, false)).text };
  };
  await read(new Float32Array(RECOGNISER_RATE), false);
  return { read, interrupt: () => void (interrupted = true) };
}

/** Phonemes to speech: samples at 24 kHz. */
export interface Speaker {
  speak(phonemes: string, voice: Float32Array, speed: number): Promise<Float32Array>;
}

/** A voice of Kokoro has a style for each number of tokens, of so many numbers. */
const STYLE_LENGTH = 256;
/** Hz of what a speaker says. */
export const SPEAKER_RATE = 24_000;

/** Loads a model of Kokoro's kind. */
export async function loadSpeaker(model: FoundModel): Promise<Speaker> {
  const library = await libraryFor(model.folder);
  const [network, tokenizer] = await Promise.all([
    library.StyleTextToSpeech2Model.from_pretrained(model.repo, loadOptions(model)),
    library.AutoTokenizer.from_pretrained(model.repo),
  ]);
  return {
    speak: async (phonemes, voice, speed) => {
      const { input_ids } = tokenizer(phonemes, { truncation: true }) as { input_ids: { dims: number[] } };
      const styles = voice.length / STYLE_LENGTH;
      // Two of the tokens are the silence around it.
      const tokens = Math.min(Math.max((input_ids.dims.at(-1) ?? 0) - 2, 0), styles - 1);
      const style = voice.slice(tokens * STYLE_LENGTH, (tokens + 1) * STYLE_LENGTH);
      const { waveform } = (await network({
        input_ids,
        style: new library.Tensor('float32', style, [1, STYLE_LENGTH]),
        speed: new library.Tensor('float32', [speed], [1]),
      })) as { waveform: { data: Float32Array } };
      return Float32Array.from(waveform.data);
    },
  };
}
