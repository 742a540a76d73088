import type { Pcm } from '../../../harness/model/audio.ts';
import { clauses, speakClause } from '../../mouth.ts';
import type { Backend } from '../exchange.ts';
import type { Reply } from '../fold.ts';
import type { Delay } from '../latency.ts';
import { voiceNamed } from '../voices.ts';
import type { Config } from './config.ts';
import { encode, rateOf } from './formats.ts';
import { wireOf } from './items.ts';
import type { Item, SpokenItem } from './items.ts';

/** What a response needs of its session. */
export interface Stage {
  readonly backend: Backend;
  readonly config: Config;
  send(type: string, fields: object): void;
  /** Keeps an item and tells of it. */
  add(item: Item): void;
  /** So much more of ours was sent. */
  sounding(lengthMs: number): void;
}

/** Sound that goes in one delta, ms. */
const PIECE_MS = 200;
/** At this rate a voice speaks as the reference agent does. */
export const PACE = 1.1;

/** One answer of ours on its way to the client, which may cancel it. */
export class Response {
  readonly id: string;
  readonly #stage: Stage;
  readonly #reply: Reply;
  readonly #output: Item[] = [];
  readonly #stopped = new AbortController();
  #why = 'client_cancelled';

  constructor(stage: Stage, reply: Reply) {
    this.#stage = stage;
    this.#reply = reply;
    this.id = stage.backend.newId('resp');
  }

  /** Sends no more of it. */
  cancel(why: 'client_cancelled' | 'turn_detected'): void {
    this.#why = why;
    this.#stopped.abort();
  }

  /** Sends it, the first audio once `delay` has passed, and resolves when all is sent or it was cancelled. */
  async run(delay: Delay): Promise<void> {
    const { send } = this.#stage;
    send('response.created', { response: this.#wire('in_progress') });
    await delay.pass(this.#stopped.signal);
    if (this.#reply.words !== '' && !this.#stopped.signal.aborted) await this.#say(this.#reply.words);
    if (!this.#stopped.signal.aborted) this.#call();
    send('response.done', { response: this.#wire(this.#stopped.signal.aborted ? 'cancelled' : 'completed') });
  }

  #wire(status: string): object {
    const { config } = this.#stage;
    const { format, voice } = config.audio.output;
    return {
      id: this.id,
      object: 'realtime.response',
      status,
      status_details: status === 'cancelled' ? { type: status, reason: this.#why } : null,
      output: this.#output.map(wireOf),
      output_modalities: config.output_modalities,
      audio: { output: { format, voice } },
      usage: null,
      metadata: null,
    };
  }

  async #say(words: string): Promise<void> {
    const { backend, config, send, add } = this.#stage;
    const aloud = config.output_modalities.includes('audio');
    const item: SpokenItem = {
      kind: 'assistant',
      id: backend.newId('item'),
      how: aloud ? 'output_audio' : 'output_text',
      text: '',
      words: [],
      audioMs: 0,
      status: 'in_progress',
    };
    const at = { response_id: this.id, output_index: this.#output.length };
    this.#output.push(item);
    send('response.output_item.added', { ...at, item: wireOf(item) });
    add(item);
    const part = { ...at, item_id: item.id, content_index: 0 };
    const blank = aloud ? { type: 'audio', transcript: '' } : { type: 'text', text: '' };
    send('response.content_part.added', { ...part, part: blank });
    if (aloud) await this.#speak(words, item, part);
    else this.#write(words, item, part);
    const stopped = this.#stopped.signal.aborted;
    if (item.status === 'in_progress') item.status = stopped ? 'incomplete' : 'completed';
    const whole = aloud ? { type: 'audio', transcript: item.text } : { type: 'text', text: item.text };
    send('response.content_part.done', { ...part, part: whole });
    send('response.output_item.done', { ...at, item: wireOf(item) });
    send('conversation.item.done', { item: wireOf(item) });
  }

  #write(words: string, item: SpokenItem, part: object): void {
    item.text = words;
    for (const delta of words.match(/\s*\S+/g) ?? []) {
      this.#stage.send('response.output_text.delta', { ...part, delta });
    }
    this.#stage.send('response.output_text.done', { ...part, text: words });
  }

  async #speak(words: string, item: SpokenItem, part: object): Promise<void> {
    const { backend, config, send, sounding } = this.#stage;
    const { format, voice, speed } = config.audio.output;
    const rate = rateOf(format);
    for (const clause of clauses(words)) {
      const making = speakClause(backend.engines.voice, voiceNamed(voice, speed * PACE), clause, rate);
      const made = await backend.clock.hold(making);
      if (this.#stopped.signal.aborted) break;
      const delta = item.text === '' ? clause : ` ${clause}`;
      const before = item.audioMs;
      const spoken = made.words.map(({ word, end }) => ({ word, endMs: before + end }));
      item.text += delta;
      item.words = [...item.words, ...spoken];
      item.audioMs += (made.samples.length * 1000) / rate;
      send('response.output_audio_transcript.delta', { ...part, delta });
      sounding(item.audioMs - before);
      this.#sound(made.samples, part);
    }
    send('response.output_audio.done', part);
    send('response.output_audio_transcript.done', { ...part, transcript: item.text });
  }

  #sound(samples: Pcm, part: object): void {
    const { format } = this.#stage.config.audio.output;
    const step = (rateOf(format) * PIECE_MS) / 1000;
    for (let at = 0; at < samples.length; at += step) {
      const bytes = encode(format, samples.subarray(at, at + step));
      this.#stage.send('response.output_audio.delta', { ...part, delta: Buffer.from(bytes).toString('base64') });
    }
  }

  #call(): void {
    const { backend, send, add } = this.#stage;
    for (const use of this.#reply.uses) {
      const item: Item = { kind: 'call', id: backend.newId('item'), callId: backend.newId('call'), use };
      const at = { response_id: this.id, output_index: this.#output.length };
      this.#output.push(item);
      send('response.output_item.added', { ...at, item: { ...wireOf(item), status: 'in_progress', arguments: '' } });
      add(item);
      const part = { ...at, item_id: item.id, call_id: item.callId };
      for (const delta of use.arguments.match(/.{1,12}/gs) ?? []) {
        send('response.function_call_arguments.delta', { ...part, delta });
      }
      send('response.function_call_arguments.done', { ...part, name: use.name, arguments: use.arguments });
      send('response.output_item.done', { ...at, item: wireOf(item) });
      send('conversation.item.done', { item: wireOf(item) });
    }
  }
}
