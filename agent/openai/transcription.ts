import { z } from 'zod';
import type { Pcm } from '../../harness/model/audio.ts';
import { UsageError } from '../../harness/model/errors.ts';
import { decodeWav } from '../../harness/model/wav.ts';
import { resample } from '../../harness/speech/dsp/resample.ts';
import { toFloats, toPcm } from '../../harness/speech/dsp/samples.ts';
import { grammars } from '../ear/grammars.ts';
import { badRequest } from './errors.ts';
import { checked, formOf, sendJson, sendPieces, SSE, sse } from './exchange.ts';
import type { Backend, Endpoint } from './exchange.ts';
import { demandModel, MODELS } from './models.ts';

const fields = z.looseObject({
  model: z.string(),
  prompt: z.string().optional(),
  response_format: z.enum(['json', 'text']).default('json'),
  stream: z.enum(['true', 'false']).default('false'),
});

/** The state of the dialogue that is heard in when `prompt` names none. */
const OPENING = 'opening';
/** Longest recording, s. */
const LONGEST = 120;
/** What goes to the ear at once, as on a call. */
const PIECE_MS = 80;

/** `POST /v1/audio/transcriptions`. `prompt`, when it is the name of a grammar, says what the words answer. */
export const transcribe: Endpoint = async (exchange) => {
  const { backend, since } = exchange;
  const form = await formOf(exchange);
  const asked = checked(fields, Object.fromEntries([...form].filter(([, value]) => typeof value === 'string')));
  demandModel(asked.model, MODELS.transcription);
  const samples = await recordingIn(form.get('file'), backend.engines.ear.rate);
  const state = asked.prompt !== undefined && asked.prompt in grammars ? asked.prompt : OPENING;
  const delay = backend.latency.draw('transcription', since);
  const text = await heard(backend, samples, state);
  const usage = { type: 'duration', seconds: Math.ceil(samples.length / backend.engines.ear.rate) };
  if (asked.stream === 'true') return sendPieces(exchange, SSE, events(text, usage), delay);
  if (asked.response_format === 'text') return sendPieces(exchange, 'text/plain', [`${text}\n`], delay);
  await sendJson(exchange, { text, usage }, delay);
};

async function recordingIn(file: FormDataEntryValue | null, rate: number): Promise<Pcm> {
  if (file === null || typeof file === 'string') throw badRequest('The request has no file', 'file');
  const wav = wavIn(new Uint8Array(await file.arrayBuffer()));
  const [left = new Int16Array()] = wav.channels;
  if (left.length > LONGEST * wav.rate) throw badRequest(`A recording may last ${LONGEST} s at most`, 'file');
  return toPcm(resample(toFloats(left), wav.rate, rate));
}

function wavIn(bytes: Uint8Array): ReturnType<typeof decodeWav> {
  try {
    return decodeWav(bytes, 'the file');
  } catch (error) {
    if (error instanceof UsageError) throw badRequest(`Send a WAV of 16-bit samples: ${error.message}`, 'file');
    throw error;
  }
}

async function heard({ engines: { ear } }: Backend, samples: Pcm, state: string): Promise<string> {
  const hearing = ear.listen(state);
  const piece = Math.round((ear.rate * PIECE_MS) / 1000);
  for (let at = 0; at < samples.length; at += piece) await hearing.push(samples.subarray(at, at + piece));
  const { text } = await hearing.finish();
  return text;
}

function* events(text: string, usage: object): Generator<string> {
  for (const delta of text.match(/\s*\S+/g) ?? []) yield sse({ type: 'transcript.text.delta', delta });
  yield sse({ type: 'transcript.text.done', text, usage });
}
