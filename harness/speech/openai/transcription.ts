import type OpenAI from 'openai';
import type { Pcm } from '../../model/audio.ts';
import type { WrittenWord } from '../../model/speech.ts';
import { encodeWav } from '../../model/wav.ts';
import { spreadWords, timedWords } from '../written.ts';

/** What is asked of the service. */
export interface TranscriptionAsked {
  readonly samples: Pcm;
  readonly rate: number;
  readonly model: string;
  /** What the words are expected to be about; a server with grammars takes it for the name of one. */
  readonly prompt?: string;
}

type Answer = OpenAI.Audio.Transcription | OpenAI.Audio.TranscriptionVerbose;

/** Whisper gives word times and no stream; the models after it the other way round. Servers of one's own name theirs like them. */
const isWhisper = (model: string): boolean => /whisper/i.test(model);

const file = ({ samples, rate }: TranscriptionAsked): File =>
  new File([encodeWav([samples], rate) as Uint8Array<ArrayBuffer>], 'speech.wav', { type: 'audio/wav' });

/** The text of a stretch of speech, streamed where the model streams. Rejects with the service's trouble. */
export async function transcribed(service: OpenAI, asked: TranscriptionAsked, signal: AbortSignal): Promise<string> {
  const { model, prompt } = asked;
  const body = {
    file: file(asked),
    model,
    language: 'en',
    response_format: 'json',
    ...(prompt ? { prompt } : {}),
  } as const;
  const request = isWhisper(model)
    ? service.audio.transcriptions.create(body, { signal })
    : service.audio.transcriptions.create({ ...body, stream: true }, { signal });
  const response = await request.asResponse();
  // A server may answer whole what it was asked to stream.
  if (!response.headers.get('content-type')?.includes('text/event-stream')) {
    return ((await response.json()) as Answer).text;
  }
  const { Stream } = await import('openai/core/streaming');
  return streamed(Stream.fromSSEResponse<OpenAI.Audio.TranscriptionStreamEvent>(response, new AbortController()));
}

async function streamed(events: AsyncIterable<OpenAI.Audio.TranscriptionStreamEvent>): Promise<string> {
  let text: string | undefined;
  for await (const event of events) {
    if (event.type === 'transcript.text.done') text = event.text;
  }
  // A stream that broke off looks like one that ended.
  if (text === undefined) throw new Error('the transcript broke off');
  return text;
}

/** The words of a stretch of speech with their times; spread by length, and said to be uncertain, where none are given. */
export async function writtenDown(
  service: OpenAI,
  asked: TranscriptionAsked,
  signal: AbortSignal,
): Promise<readonly WrittenWord[]> {
  const timed = isWhisper(asked.model) ? await timedWith(service, asked, signal) : undefined;
  return timed ?? spreadWords(await transcribed(service, asked, signal), asked.samples, asked.rate);
}

/** Undefined from a server that knows of no word times, and refuses to be asked for them. */
async function timedWith(service: OpenAI, asked: TranscriptionAsked, signal: AbortSignal) {
  const body = { file: file(asked), model: asked.model, language: 'en', timestamp_granularities: ['word' as const] };
  const request = service.audio.transcriptions.create({ ...body, response_format: 'verbose_json' }, { signal });
  const { words } = await request.catch((error: unknown) => {
    if ((error as { status?: number }).status === 400) return { words: undefined };
    throw error;
  });
  if (!words || words.length === 0) return undefined;
  return timedWords(words.map(({ word, start, end }) => ({ text: word, fromMs: start * 1000, toMs: end * 1000 })));
}
