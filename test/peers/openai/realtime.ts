import { once } from 'node:events';
import OpenAI from 'openai';
import { OpenAIRealtimeWS } from 'openai/realtime/ws';
import type { RealtimeServerEvent } from 'openai/resources/realtime/realtime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Certificate } from '../../../agent/openai/certificate.ts';
import { read } from '../../../agent/ear/read.ts';
import { certificate, openBench } from './open.ts';
import type { Bench } from './open.ts';
import { RATE, silence, spoken } from './sound.ts';
import { tools } from '../../../agent/chat/tools.ts';

export function realtimeSdk(): void {
  let bench: Bench;
  let issued: Certificate;
  beforeAll(async () => {
    issued = await certificate();
    bench = await openBench({ certificate: issued });
  });
  afterAll(async () => {
    await bench.close();
    issued.remove();
    expect(bench.troubles).toEqual([]);
  });

  const base64 = (samples: Int16Array): string =>
    Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength).toString('base64');

  /** A session by the official client, and all that it was told. */
  class Guest {
    readonly socket: OpenAIRealtimeWS;
    readonly events: RealtimeServerEvent[] = [];
    readonly errors: Error[] = [];

    constructor(model = 'hangup-realtime') {
      const client = new OpenAI({ baseURL: bench.server.url, apiKey: 'any' });
      this.socket = new OpenAIRealtimeWS({ model, options: { ca: issued.cert } }, client);
      this.socket.on('event', (event) => void this.events.push(event));
      this.socket.on('error', (error) => void this.errors.push(error));
    }

    /** The next event of `type` behind the first `from` events. */
    async next<T extends RealtimeServerEvent['type']>(
      type: T,
      from = 0,
    ): Promise<Extract<RealtimeServerEvent, { type: T }>> {
      const found = (): RealtimeServerEvent | undefined => this.events.slice(from).find((event) => event.type === type);
      while (!found()) await once(this.socket.socket, 'message', { signal: AbortSignal.timeout(10_000) });
      return found() as Extract<RealtimeServerEvent, { type: T }>;
    }

    hear(...sounds: readonly Int16Array[]): void {
      for (const sound of sounds) {
        for (let at = 0; at < sound.length; at += RATE / 10) {
          this.socket.send({ type: 'input_audio_buffer.append', audio: base64(sound.slice(at, at + RATE / 10)) });
        }
      }
    }

    said(): string {
      return this.events
        .flatMap((event) => (event.type === 'response.output_audio_transcript.done' ? [event.transcript] : []))
        .join(' / ');
    }

    configure(audio: object = {}): void {
      const functions = tools.map((tool) => ({ type: 'function' as const, ...tool }));
      this.socket.send({ type: 'session.update', session: { type: 'realtime', tools: functions, audio } });
    }
  }

  const semantic = { input: { turn_detection: { type: 'semantic_vad' }, transcription: { model: 'hangup-ear' } } };

  test('a spoken turn is found, understood and answered in sound, by the events of the API', async () => {
    const guest = new Guest();
    await guest.next('session.created');
    guest.configure(semantic);
    const { session } = await guest.next('session.updated');
    expect(session).toMatchObject({ type: 'realtime', audio: { input: { turn_detection: { type: 'semantic_vad' } } } });
    guest.socket.send({ type: 'response.create' });
    await guest.next('response.done');
    expect(guest.said()).toBe('Bright Smile Dental, this is the virtual assistant. How can I help?');
    const greetingMs = guest.events.reduce(
      (sum, event) =>
        event.type === 'response.output_audio.delta' ? sum + Buffer.from(event.delta, 'base64').length / 48 : sum,
      0,
    );
    expect(greetingMs).toBeGreaterThan(2500);

    const from = guest.events.length;
    guest.hear(
      silence(greetingMs + 400),
      await spoken(bench, 'I would like to book a cleaning on Tuesday'),
      silence(1500),
    );
    const { response } = await guest.next('response.done', from);
    expect(response?.status).toBe('completed');
    const kinds = guest.events.slice(from).map(({ type }) => type);
    const order = [
      'input_audio_buffer.speech_started',
      'input_audio_buffer.speech_stopped',
      'input_audio_buffer.committed',
      'conversation.item.added',
      'conversation.item.input_audio_transcription.completed',
      'response.created',
      'response.output_item.added',
      'response.content_part.added',
      'response.output_audio_transcript.delta',
      'response.output_audio.delta',
      'response.output_audio.done',
      'response.output_audio_transcript.done',
      'response.content_part.done',
      'response.output_item.done',
      'response.done',
    ] as const;
    const places = order.map((type) => kinds.indexOf(type));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places[0]).toBeGreaterThanOrEqual(0);
    const { transcript } = await guest.next('conversation.item.input_audio_transcription.completed', from);
    expect(read(transcript, 'opening')).toMatchObject({ wish: 'book', slots: { service: 'cleaning', day: 'tuesday' } });
    expect(guest.said()).toContain('What time');
    expect(guest.errors).toEqual([]);
    guest.socket.close();
  });

  test('who speaks over the answer stops it, and only what was heard of it counts as said', async () => {
    const guest = new Guest();
    await guest.next('session.created');
    guest.configure({ ...semantic, output: { format: { type: 'audio/pcmu' }, voice: 'rms' } });
    guest.socket.send({ type: 'response.create' });
    await guest.next('response.done');
    const { item } = await guest.next('response.output_item.done');
    const from = guest.events.length;
    guest.hear(silence(900), await spoken(bench, 'no wait, I have a question about my bill, please'), silence(200));
    const { audio_start_ms: at } = await guest.next('input_audio_buffer.speech_started', from);
    expect(at).toBeGreaterThan(800);
    expect(at).toBeLessThan(1200);
    const id = item.id ?? '';
    guest.socket.send({ type: 'conversation.item.truncate', item_id: id, content_index: 0, audio_end_ms: 900 });
    await guest.next('conversation.item.truncated', from);
    guest.socket.send({ type: 'conversation.item.retrieve', item_id: id });
    const { item: kept } = await guest.next('conversation.item.retrieved', from);
    expect(JSON.stringify(kept)).toContain('Bright Smile');
    expect(JSON.stringify(kept)).not.toContain('assistant.');
    guest.hear(silence(1500));
    await guest.next('response.done', from);
    expect(guest.said()).toContain('billing');
    guest.socket.close();
  });

  test('a mm-hm takes the floor from plain voice activity, and not from the meaning of what is said', async () => {
    const started = async (type: 'server_vad' | 'semantic_vad'): Promise<boolean> => {
      const guest = new Guest();
      await guest.next('session.created');
      guest.configure({ input: { turn_detection: { type } } });
      guest.socket.send({ type: 'response.create' });
      await guest.next('response.done');
      guest.hear(silence(900), await spoken(bench, 'okay'), silence(1000));
      guest.socket.send({ type: 'session.update', session: { type: 'realtime', instructions: 'done' } });
      while (
        !guest.events.some(
          (event) =>
            event.type === 'session.updated' &&
            'instructions' in event.session &&
            event.session.instructions === 'done',
        )
      ) {
        await once(guest.socket.socket, 'message');
      }
      guest.socket.close();
      return guest.events.some((event) => event.type === 'input_audio_buffer.speech_started');
    };
    expect(await started('server_vad')).toBe(true);
    expect(await started('semantic_vad')).toBe(false);
  });

  test('tools are called in fragments and their results answered; typed words are a turn', async () => {
    const guest = new Guest();
    await guest.next('session.created');
    guest.configure();
    const tell = (text: string): void => {
      const content = [{ type: 'input_text' as const, text }];
      guest.socket.send({ type: 'conversation.item.create', item: { type: 'message', role: 'user', content } });
      guest.socket.send({ type: 'response.create' });
    };
    const say = async (text: string): Promise<void> => {
      const from = guest.events.length;
      tell(text);
      await guest.next('response.done', from);
    };
    for (const text of ['book a cleaning on tuesday at three', 'maya lopez', 'five five five zero one four two']) {
      await say(text);
    }
    expect(guest.said()).toMatch(/Is that right\?$/);
    const from = guest.events.length;
    tell('yes');
    const done = await guest.next('response.function_call_arguments.done', from);
    const pieces = guest.events.flatMap((event) =>
      event.type === 'response.function_call_arguments.delta' ? [event.delta] : [],
    );
    expect(pieces.length).toBeGreaterThan(2);
    expect(pieces.join('')).toBe(done.arguments);
    await guest.next('response.done', from);
    const output = JSON.stringify({ kind: 'done', id: 'r-1' });
    const item = { type: 'function_call_output' as const, call_id: done.call_id, output };
    const asked = guest.events.length;
    guest.socket.send({ type: 'conversation.item.create', item });
    guest.socket.send({ type: 'response.create' });
    await guest.next('response.done', asked);
    expect(guest.said()).toMatch(/Anything else\?$/);
    guest.socket.close();
  });

  test('what cannot be is refused with the reason, and the session goes on', async () => {
    const guest = new Guest();
    await guest.next('session.created');
    const refused = async (event: object): Promise<string> => {
      const from = guest.events.length;
      guest.socket.send({ event_id: 'mine', ...event } as never);
      const { error } = await guest.next('error', from);
      expect(error.event_id).toBe('mine');
      return `${error.code} ${error.param}: ${error.message}`;
    };
    expect(await refused({ type: 'session.destroy' })).toContain('type');
    expect(await refused({ type: 'input_audio_buffer.append', audio: '***' })).toContain('audio');
    expect(await refused({ type: 'input_audio_buffer.commit' })).toContain('input_audio_buffer_commit_empty');
    expect(await refused({ type: 'response.cancel' })).toContain('response_cancel_not_active');
    expect(
      await refused({ type: 'conversation.item.truncate', item_id: 'x', content_index: 0, audio_end_ms: 1 }),
    ).toContain('item_id');
    const wrong = { type: 'realtime', audio: { input: { format: { type: 'audio/opus' } } } };
    expect(await refused({ type: 'session.update', session: wrong })).toContain('session.audio.input.format');
    guest.socket.send({ type: 'response.create' });
    await guest.next('response.done');
    guest.socket.close();

    const stranger = new Guest('gpt-realtime');
    const { error } = await stranger.next('error');
    expect(error.code).toBe('model_not_found');
  });
}
