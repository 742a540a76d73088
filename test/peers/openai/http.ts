import { setTimeout as pass } from 'node:timers/promises';
import OpenAI, { type APIError, BadRequestError, toFile } from 'openai';
import type { ChatCompletionMessageParam, ChatCompletionTool } from 'openai/resources';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { read } from '../../../agent/ear/read.ts';
import { tools } from '../../../agent/chat/tools.ts';
import { decodeWav, encodeWav } from '../../../harness/model/wav.ts';
import { openBench } from './open.ts';
import type { Bench } from './open.ts';

export function chatAndAudio(): void {
  let bench: Bench;
  beforeAll(async () => {
    bench = await openBench({ atOnce: 3, latency: { chat: { kind: 'fixed', ms: 60 } } });
  });
  afterAll(async () => {
    await bench.close();
    expect(bench.troubles).toEqual([]);
  });

  const offered: ChatCompletionTool[] = tools.map(({ name, description, parameters }) => ({
    type: 'function',
    function: { name, description, parameters },
  }));

  const GREETING = 'Bright Smile Dental, this is the virtual assistant. How can I help?';
  const talk = (...turns: readonly string[]): ChatCompletionMessageParam[] => [
    { role: 'system', content: 'You are a pirate.' },
    ...turns.map((content, i): ChatCompletionMessageParam => ({ role: i % 2 === 0 ? 'user' : 'assistant', content })),
  ];
  const model = 'hangup-rules';

  /** The talk up to the question whether all of it is right, asked of the server turn by turn. */
  async function bookedUpTo(client: OpenAI): Promise<ChatCompletionMessageParam[]> {
    const messages = talk('[the call begins]');
    const says = [
      'i would like to book a cleaning',
      'on tuesday',
      'at three',
      'maya lopez',
      'five five five zero one four two',
    ];
    for (const content of [undefined, ...says]) {
      if (content !== undefined) messages.push({ role: 'user', content });
      const { choices } = await client.chat.completions.create({ model, messages, tools: offered });
      messages.push({ role: 'assistant', content: choices[0]?.message.content ?? '' });
    }
    return messages;
  }

  test('a chat that is told again from its beginning at every turn does not lose what was said before', async () => {
    const { client } = bench;
    const messages = await bookedUpTo(client);
    const said = messages.filter(({ role }) => role === 'assistant').map(({ content }) => content);
    expect(said[0]).toBe(GREETING);
    expect(said.at(-1)).toMatch(/cleaning.*Tuesday.*three.*Maya Lopez.*Is that right\?/s);

    const stream = await client.chat.completions.create({
      model,
      messages: [...messages, { role: 'user', content: "yes that's right" }],
      tools: offered,
      stream: true,
      stream_options: { include_usage: true },
    });
    let [name, given, fragments, finish, usage] = ['', '', 0, '', 0];
    for await (const { choices, usage: counted } of stream) {
      usage = counted?.total_tokens ?? usage;
      const [choice] = choices;
      finish = choice?.finish_reason ?? finish;
      for (const call of choice?.delta.tool_calls ?? []) {
        expect(call.index).toBe(0);
        name += call.function?.name ?? '';
        given += call.function?.arguments ?? '';
        fragments++;
      }
    }
    expect(name).toBe('office_commit');
    expect(fragments).toBeGreaterThan(3);
    expect(JSON.parse(given)).toEqual({
      action: 'book',
      values: { service: 'cleaning', day: 'tuesday', time: '15:00', name: 'maya lopez', phone: '5550142' },
    });
    expect(finish).toBe('tool_calls');
    expect(usage).toBeGreaterThan(20);
  });

  test('the result of a tool is answered in words, and a time that is gone with those that are free', async () => {
    const { client } = bench;
    const messages = await bookedUpTo(client);
    const use = { action: 'book', values: { service: 'cleaning', day: 'tuesday', time: '15:00' } };
    const call = {
      id: 'c1',
      type: 'function',
      function: { name: 'office_commit', arguments: JSON.stringify(use) },
    } as const;
    const asked: ChatCompletionMessageParam[] = [
      ...messages,
      { role: 'user', content: 'yes' },
      { role: 'assistant', content: null, tool_calls: [call] },
    ];
    const after = async (result: object): Promise<OpenAI.ChatCompletionMessage | undefined> => {
      const answer: ChatCompletionMessageParam = { role: 'tool', tool_call_id: 'c1', content: JSON.stringify(result) };
      const { choices } = await client.chat.completions.create({ model, messages: [...asked, answer], tools: offered });
      return choices[0]?.message;
    };
    expect((await after({ kind: 'done', id: 'r-1' }))?.content).toMatch(/booked|see you|Anything else/);
    const [free] = (await after({ kind: 'refused', why: 'taken' }))?.tool_calls ?? [];
    expect(free?.type === 'function' && free.function).toEqual({ name: 'office_free', arguments: '{"day":"tuesday"}' });
  });

  test("what the caller did not hear is not taken as told, and a stranger's client that offers no tools gets words", async () => {
    const { client } = bench;
    const messages = await bookedUpTo(client);
    const readBack = String(messages.at(-1)?.content);
    const ask = async (last: string, tail: string): Promise<string> => {
      const { choices } = await client.chat.completions.create({
        model,
        messages: [...messages.slice(0, -1), { role: 'assistant', content: last }, { role: 'user', content: tail }],
      });
      expect(choices[0]?.message.tool_calls).toBeUndefined();
      return choices[0]?.message.content ?? '';
    };
    expect(await ask(readBack, 'yes')).toMatch(/booked|see you|Anything else/i);
    expect(await ask(readBack.split(' ').slice(0, 2).join(' '), 'yes')).toContain('Is that right?');
  });

  test('a client that goes away in mid-request costs the server nothing, and errors are those of OpenAI', async () => {
    const { client, server } = bench;
    const leaving = new AbortController();
    const stream = await client.chat.completions.create(
      { model, messages: talk('hello'), stream: true },
      { signal: leaving.signal },
    );
    leaving.abort();
    const seen = [];
    for await (const chunk of stream) seen.push(chunk);
    expect(seen.length).toBeLessThan(3);

    const ask = (body: object): Promise<unknown> =>
      client.chat.completions.create({ model, messages: talk('hello'), ...body } as never);
    await expect(ask({ model: 'gpt-9' })).rejects.toMatchObject({
      status: 404,
      code: 'model_not_found',
      param: 'model',
    });
    await expect(ask({ messages: [] })).rejects.toMatchObject({ status: 400, param: 'messages' });
    await expect(ask({ messages: [{ role: 'wizard' }] })).rejects.toBeInstanceOf(BadRequestError);
    await expect(
      new OpenAI({ baseURL: `${server.url}/no`, apiKey: 'any', maxRetries: 0 }).models.list(),
    ).rejects.toMatchObject({ status: 404 });
    const keyless = await fetch(`${server.url}/models`);
    expect(keyless.status).toBe(401);
    const crowd = await Promise.allSettled(Array.from({ length: 5 }, () => ask({})));
    const refused = crowd.flatMap((one) => (one.status === 'rejected' ? [one.reason as APIError] : []));
    expect(refused.map(({ status }) => status)).toEqual([429, 429]);
    await pass(50);
    await expect(ask({})).resolves.toBeDefined();
    expect((await client.models.list()).data.map(({ id }) => id)).toContain('hangup-ear');
  });

  test('a declared latency is waited for and told of', async () => {
    const { client } = bench;
    const begun = performance.now();
    const { response } = await client.chat.completions.create({ model, messages: talk('hello') }).withResponse();
    expect(performance.now() - begun).toBeGreaterThanOrEqual(59);
    expect(response.headers.get('x-hangup-latency-ms')).toBe('60.00');
  });

  test('a sentence that was spoken is understood, whole or streamed, in the state it answers', async () => {
    const { client } = bench;
    const speech = await client.audio.speech.create({
      model: 'hangup-flite',
      voice: 'rms',
      input: 'I would like to book a cleaning',
      response_format: 'wav',
    });
    const bytes = new Uint8Array(await speech.arrayBuffer());
    const { rate, channels } = decodeWav(bytes, 'the speech');
    expect(rate).toBe(24_000);
    const seconds = (channels[0]?.length ?? 0) / rate;
    expect(seconds).toBeGreaterThan(1);
    expect(seconds).toBeLessThan(4);

    const heard = await client.audio.transcriptions.create({ model: 'hangup-ear', file: await toFile(bytes, 'a.wav') });
    expect(read(heard.text, 'opening')).toMatchObject({ wish: 'book', slots: { service: 'cleaning' } });

    const digits = await client.audio.speech.create({
      model: 'hangup-flite',
      voice: 'slt',
      input: 'five five five, zero one four two',
      response_format: 'pcm',
    });
    const pcm = new Int16Array(await digits.arrayBuffer());
    const file = await toFile(encodeWav([pcm], 24_000), 'number.wav');
    const stream = await client.audio.transcriptions.create({
      model: 'hangup-ear',
      file,
      prompt: 'phone',
      stream: true,
    });
    let [deltas, whole] = ['', ''];
    for await (const event of stream) {
      if (event.type === 'transcript.text.delta') deltas += event.delta;
      if (event.type === 'transcript.text.done') whole = event.text;
    }
    expect(read(whole, 'phone').slots).toEqual({ phone: '5550142' });
    expect(deltas).toBe(whole);
  });

  test('the first clause is sent before the last one is made', async () => {
    const { server } = bench;
    const body = {
      model: 'hangup-flite',
      voice: 'awb',
      response_format: 'pcm',
      input: 'One moment, please, and then, at last.',
    };
    const response = await fetch(`${server.url}/audio/speech`, {
      method: 'POST',
      headers: { authorization: 'Bearer any', 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const pieces: number[] = [];
    for await (const piece of response.body ?? []) pieces.push((piece as Uint8Array).length);
    expect(pieces.length).toBeGreaterThan(1);
    expect(pieces.reduce((sum, size) => sum + size, 0) % 2).toBe(0);
  });

  test('speech as events carries the same sound as speech as bytes', async () => {
    const { client } = bench;
    const asked = { model: 'hangup-flite', voice: 'slt', input: 'Hello, you.', response_format: 'pcm' } as const;
    const plain = Buffer.from(await (await client.audio.speech.create(asked)).arrayBuffer());
    const text = await (await client.audio.speech.create({ ...asked, stream_format: 'sse' })).text();
    const events = text
      .split('\n\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line.slice('data: '.length)) as { type: string; audio?: string });
    expect(events.at(-1)).toEqual({ type: 'speech.audio.done' });
    const sound = Buffer.concat(events.map(({ audio = '' }) => Buffer.from(audio, 'base64')));
    expect(sound.equals(plain)).toBe(true);
  });

  test('speech and recordings that cannot be are refused, and the parameter is named', async () => {
    const { client } = bench;
    const say = (body: object): Promise<unknown> =>
      client.audio.speech.create({
        model: 'hangup-flite',
        voice: 'slt',
        input: 'Hello.',
        response_format: 'wav',
        ...body,
      } as never);
    await expect(say({ voice: 'alloy' })).rejects.toMatchObject({ status: 400, param: 'voice' });
    await expect(say({ response_format: 'opus' })).rejects.toMatchObject({ status: 400, param: 'response_format' });
    await expect(say({ speed: 9 })).rejects.toMatchObject({ status: 400, param: 'speed' });
    const file = await toFile(new Uint8Array([1, 2, 3]), 'a.wav');
    await expect(client.audio.transcriptions.create({ model: 'hangup-ear', file })).rejects.toMatchObject({
      status: 400,
      param: 'file',
    });
  });
}
