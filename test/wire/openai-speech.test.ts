import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { encodeWav, decodeWav } from '../../harness/model/wav.ts';
import { speechLevel } from '../../harness/speech/dsp/level.ts';
import { toFloats } from '../../harness/speech/dsp/samples.ts';
import ear from '../../harness/speech/ears/openai.ts';
import voice from '../../harness/speech/voices/openai.ts';

/** What the service was asked, and what it is to answer next; the last answer is given over and over. */
interface Asked {
  readonly path: string;
  readonly key: string;
  readonly form: FormData;
  readonly json: Record<string, unknown>;
}
type Answer = (response: ServerResponse) => void;

let server: Server;
let named: { engine: string; url: string };
let asked: Asked[] = [];
let answers: Answer[] = [];

async function take(request: IncomingMessage): Promise<Asked> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for await (const piece of request) pieces.push(piece as Uint8Array<ArrayBuffer>);
  const body = new Response(new Blob(pieces), {
    headers: { 'content-type': request.headers['content-type'] ?? '' },
  });
  const isForm = request.headers['content-type']?.startsWith('multipart/form-data');
  const form = isForm ? await body.formData() : new FormData();
  const json = isForm ? {} : ((await body.json()) as Record<string, unknown>);
  return { path: request.url ?? '', key: request.headers.authorization ?? '', form, json };
}

beforeAll(async () => {
  server = createServer((request, response) => {
    void take(request).then((one) => {
      asked.push(one);
      (answers.length > 1 ? answers.shift() : answers[0])?.(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  named = { engine: 'openai', url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1` };
});
beforeEach(() => {
  asked = [];
  answers = [];
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const json =
  (value: unknown, status = 200): Answer =>
  (response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
const stream =
  (...events: unknown[]): Answer =>
  (response) =>
    response
      .writeHead(200, { 'content-type': 'text/event-stream' })
      .end(events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''));
const bytes =
  (body: Uint8Array): Answer =>
  (response) =>
    response.writeHead(200, { 'content-type': 'audio/pcm' }).end(body);
const cut: Answer = (response) => response.destroy();

/** Something loud that lasts half a second at 8 kHz. */
const sound = Int16Array.from({ length: 4000 }, (_, i) => 6000 * Math.sin(i / 3));

/** Opens with a service that answers its greeting; then come the answers of the test. */
async function greeted<T>(greeting: Answer, open: () => Promise<T> | undefined): Promise<T> {
  const later = answers;
  answers = [greeting];
  const engine = await open();
  if (engine === undefined) throw new Error('there is no such engine');
  asked = [];
  answers = later;
  return engine;
}
const openEar = (model: string) => greeted(json({ text: '' }), () => ear.open(1, undefined, { ...named, model }));
const openVoice = () => greeted(bytes(pcm), () => voice.open(undefined, named));

async function heard(model: string) {
  const open = await openEar(model);
  const hearing = open.listen('time');
  const partial = await hearing.push(sound);
  await hearing.push(sound.subarray(0, 800));
  const final = await hearing.finish();
  await open.close();
  return { partial, final };
}

test('the service is not asked for a transcription as its protocol has it, or its text is not read as speech', async () => {
  answers = [
    stream({ type: 'transcript.text.delta', delta: 'At' }, { type: 'transcript.text.done', text: 'At 3' }),
    json({ text: 'At 3:30 p.m., please.' }),
  ];
  const { partial, final } = await heard('some-model');
  expect(partial).toEqual({ text: 'at three', garbage: 0 });
  expect(final).toEqual({ text: 'at three thirty p m please', garbage: 0 });
  const form = asked[0]?.form;
  expect(asked.map(({ path }) => path)).toEqual(['/v1/audio/transcriptions', '/v1/audio/transcriptions']);
  expect(Object.fromEntries([...(form ?? [])].filter(([name]) => name !== 'file'))).toMatchObject({
    model: 'some-model',
    prompt: 'time',
    response_format: 'json',
    stream: 'true',
  });
  const lengths = [];
  for (const { form: one } of asked) {
    const wav = decodeWav(new Uint8Array(await (one.get('file') as File).arrayBuffer()), 'the request');
    expect(wav).toMatchObject({ rate: 8000, channels: [expect.anything()] });
    lengths.push(wav.channels[0]?.length);
  }
  expect(lengths).toEqual([4000, 4800]);
});

test('a whisper model is asked to stream, which it does not', async () => {
  answers = [json({ text: 'Tuesday' })];
  expect((await heard('whisper-1')).final.text).toBe('tuesday');
  expect(asked[0]?.form.has('stream')).toBe(false);
});

test('one failure of the service loses a turn; a refusal is asked again; a broken stream passes for a whole one', async () => {
  const half = stream({ type: 'transcript.text.delta', delta: 'Tues' });
  answers = [cut, half, json({ text: 'Tuesday' })];
  expect((await heard('m')).final).toEqual({ text: 'tuesday', garbage: 0 });
  expect(asked).toHaveLength(3);
  vi.stubEnv('OPENAI_API_KEY', 'sk-very-secret');
  answers = [json({ error: { message: 'Incorrect API key provided: sk-very-secret' } }, 401)];
  const { final } = await heard('m');
  vi.unstubAllEnvs();
  expect(final).toMatchObject({ text: '', trouble: 'the OpenAI ear: answered 401 Incorrect API key provided: [key]' });
  expect(asked).toHaveLength(2);
  expect(asked.at(-1)?.key).toBe('Bearer sk-very-secret');
});

test('a dropped turn keeps its request, or its caller, waiting', async () => {
  let closed = 0;
  answers = [(response) => void response.on('close', () => closed++)];
  const open = await openEar('m');
  const hearing = open.listen('time');
  const partial = hearing.push(sound);
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  hearing.abandon();
  expect(await partial).toEqual({ text: '', garbage: 0 });
  await vi.waitFor(() => expect(closed).toBe(1));
});

test('words are written down without their times, or with times nobody gave them', async () => {
  const openWriter = (model: string) => greeted(json({ text: '' }), () => ear.transcriber?.({ ...named, model }));
  const timed = await openWriter('whisper-1');
  const words = [
    { word: 'Call', start: 0.1, end: 0.3 },
    { word: '555', start: 0.4, end: 0.9 },
    { word: '-0142', start: 0.9, end: 1.6 },
  ];
  answers = [json({ text: 'Call 555-0142', words })];
  const written = await timed.transcribe(sound);
  expect(written.map(({ text }) => text).join(' ')).toBe('call five five five oh one four two');
  expect(written[0]).toEqual({ text: 'call', fromMs: 100, toMs: 300, uMs: 200 });
  expect(written[1]?.fromMs).toBe(400);
  expect(written.at(-1)?.toMs).toBeCloseTo(1600);
  expect(asked[0]?.form.getAll('timestamp_granularities[]')).toEqual(['word']);

  answers = [json({ error: { message: 'no such format' } }, 400), json({ text: 'Yes' })];
  expect((await timed.transcribe(sound)).map(({ text }) => text)).toEqual(['yes']);

  const plain = await openWriter('other');
  answers = [json({ text: 'Yes, hello' })];
  const padded = new Int16Array(16_000);
  padded.set(sound.subarray(0, 3200), 4800);
  const spread = await plain.transcribe(padded);
  expect(spread.map(({ text }) => text)).toEqual(['yes', 'hello']);
  expect(spread[0]?.fromMs).toBeCloseTo(300, -1);
  expect(spread.at(-1)?.toMs).toBeCloseTo(500, -1);
  expect(spread[0]?.uMs).toBe(200);
});

/** A second of a tone, as the service sends it, with silence before it. */
const tone = Int16Array.from({ length: 36_000 }, (_, i) => (i < 12_000 ? 0 : 900 * Math.sin(i / 20)));
const pcm = new Uint8Array(tone.buffer);
const say = (open: Awaited<ReturnType<typeof voice.open>>, text: string, name = 'nova') =>
  open.speak(text, { engine: 'openai', name, rate: 1.1 });

test('what the service says is not a clause like any other: late, loud or without words', async () => {
  const open = await openVoice();
  answers = [cut, bytes(pcm)];
  const spoken = await say(open, 'Good morning, dentist.');
  expect(asked.map(({ path }) => path)).toEqual(['/v1/audio/speech', '/v1/audio/speech']);
  expect(asked[1]?.json).toEqual({
    input: 'Good morning, dentist.',
    model: 'hangup-flite',
    voice: 'nova',
    speed: 1.1,
    response_format: 'pcm',
  });
  expect(spoken.samples.length / 16_000).toBeCloseTo(1.02, 1);
  expect(speechLevel(toFloats(spoken.samples), 16_000).activeDb).toBeCloseTo(-26, 0);
  expect(spoken.words.map(({ word }) => word)).toEqual(['good', 'morning', 'dentist']);
  expect(spoken.words[0]?.start).toBeLessThan(10);
  expect(spoken.words.at(-1)?.end).toBeCloseTo(1000, -2);

  await say(open, 'Good morning, dentist.');
  expect(asked, 'the same clause is made once').toHaveLength(2);
  expect((await say(open, '... ?!')).samples).toHaveLength(0);
  answers = [bytes(encodeWav([tone], 24_000))];
  expect((await say(open, 'Bye.', 'tts-1/echo')).samples.length / 16_000).toBeCloseTo(1.02, 1);
  expect(asked.at(-1)?.json).toMatchObject({ model: 'tts-1', voice: 'echo' });
});

test('trouble of the service passes for silence, or a stream without end is kept', async () => {
  const open = await openVoice();
  answers = [json({ error: { message: 'no such voice' } }, 400)];
  await expect(say(open, 'Hello')).rejects.toThrow('the OpenAI voice nova: answered 400 no such voice');
  expect(asked).toHaveLength(1);
  answers = [bytes(new Uint8Array(3_000_000))];
  await expect(say(open, 'Hello')).rejects.toThrow(/more than a minute/);
  answers = [() => undefined];
  const waiting = say(open, 'Goodbye');
  await vi.waitFor(() => expect(asked).toHaveLength(4));
  await open.close();
  await expect(waiting).rejects.toThrow(/given up/);
  await expect(say(open, 'a'.repeat(5000))).rejects.toThrow(/5000; split it/);
});

test('a service that cannot be used is found out in a call', async () => {
  answers = [json({ error: { message: 'no such model' } }, 404)];
  await expect(ear.open(1, undefined, { ...named, model: 'nope' })).rejects.toThrow(
    /^The ear at http.* cannot be used: answered 404 no such model$/,
  );
  await expect(voice.open(undefined, named)).rejects.toThrow(/^The voice at http.* cannot be used: answered 404/);
  const nobody = { engine: 'openai', url: 'http://127.0.0.1:9/v1' };
  await expect(ear.open(1, undefined, nobody)).rejects.toThrow(/cannot be used: .*(refused|ECONNREFUSED|Connection)/i);
  expect(await voice.missing({ engine: 'openai', url: 'nowhere' })).toMatch(/"nowhere" of the voice is no URL/);
});
