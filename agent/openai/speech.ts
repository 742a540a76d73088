import { z } from 'zod';
import { encodeWav } from '../../harness/model/wav.ts';
import { clauses, speakClause } from '../mouth.ts';
import { badRequest } from './errors.ts';
import { jsonOf, sendPieces, SSE, sse } from './exchange.ts';
import type { Backend, Endpoint } from './exchange.ts';
import { demandModel, MODELS } from './models.ts';
import { littleEndian, SPEECH_RATE, SPEEDS, voiceNamed, VOICES } from './voices.ts';

const speechRequest = z.looseObject({
  model: z.string(),
  input: z.string().min(1).max(4096),
  voice: z.enum(VOICES),
  speed: z.number().min(SPEEDS.least).max(SPEEDS.most).default(1),
  response_format: z.string().default('mp3'),
  stream_format: z.enum(['audio', 'sse']).default('audio'),
});

type SpeechRequest = z.infer<typeof speechRequest>;

const TYPES: Readonly<Record<string, string>> = { wav: 'audio/wav', pcm: 'audio/pcm' };

/** `POST /v1/audio/speech`: 24 kHz, 16 bits, clause by clause as it is made. */
export const speak: Endpoint = async (exchange) => {
  const { backend, since } = exchange;
  const asked = await jsonOf(exchange, speechRequest);
  demandModel(asked.model, MODELS.speech);
  const type = TYPES[asked.response_format];
  if (type === undefined) {
    const message = `'response_format' must be wav or pcm; there is no encoder for ${asked.response_format}`;
    throw badRequest(message, 'response_format');
  }
  const delay = backend.latency.draw('speech', since);
  const sound = spoken(backend, asked);
  if (asked.stream_format === 'sse') return sendPieces(exchange, SSE, events(sound), delay);
  await sendPieces(exchange, type, sound, delay);
};

/** Nobody knows yet how long it will be: readers take what comes. */
const UNKNOWN_SIZE = 0xffffffff;

function streamedHeader(): Uint8Array {
  const header = encodeWav([new Int16Array()], SPEECH_RATE);
  const view = new DataView(header.buffer);
  view.setUint32(4, UNKNOWN_SIZE, true);
  view.setUint32(40, UNKNOWN_SIZE, true);
  return header;
}

async function* spoken({ engines }: Backend, asked: SpeechRequest): AsyncGenerator<Uint8Array> {
  if (asked.response_format === 'wav') yield streamedHeader();
  for (const clause of clauses(asked.input)) {
    const { samples } = await speakClause(engines.voice, voiceNamed(asked.voice, asked.speed), clause, SPEECH_RATE);
    if (samples.length > 0) yield littleEndian(samples);
  }
}

async function* events(sound: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  for await (const bytes of sound) {
    yield sse({ type: 'speech.audio.delta', audio: Buffer.from(bytes).toString('base64') });
  }
  yield sse({ type: 'speech.audio.done' });
}
