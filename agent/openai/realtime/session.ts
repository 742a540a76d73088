import type { Ms } from '../../../harness/model/time.ts';
import type { Happening } from '../../chat/notes.ts';
import { clauses } from '../../mouth.ts';
import { ApiError, badRequest } from '../errors.ts';
import type { Backend } from '../exchange.ts';
import { fold } from '../fold.ts';
import type { Reply } from '../fold.ts';
import { MODELS } from '../models.ts';
import { voiceNamed } from '../voices.ts';
import { offeredBy, updated, usualConfig } from './config.ts';
import type { Config, SessionUpdate } from './config.ts';
import { Conversation } from './conversation.ts';
import { FRAME_MS, FrameCutter } from './formats.ts';
import type { UserItem } from './items.ts';
import { PACE, Response } from './response.ts';
import { Turns } from './turns.ts';
import type { TurnNews } from './turns.ts';

/** Sends one event to the client. */
export type Send = (type: string, fields: object) => void;

/** One Realtime session: audio and items in, turns found, answers out. What each event asks for is in `events.ts`. */
export class Session {
  readonly conversation: Conversation;
  readonly #backend: Backend;
  readonly #send: Send;
  readonly #id: string;
  #config: Config = usualConfig;
  #cutter: FrameCutter;
  readonly #turns: Turns;
  #turn: { readonly item: UserItem; readonly cutIn: boolean } | undefined;
  #response: Response | undefined;
  /** She went on before the turn she had ended was answered. */
  #unanswered = false;
  /** Without turn detection: what was appended since the last commit. */
  #manual: Int16Array[] = [];

  constructor(backend: Backend, send: Send) {
    this.#backend = backend;
    this.#send = send;
    this.#id = backend.newId('sess');
    this.conversation = new Conversation(send);
    this.#cutter = new FrameCutter(this.#config.audio.input.format);
    const detection = this.#config.audio.input.turn_detection;
    if (!detection) throw new Error('a session begins with turn detection');
    this.#turns = new Turns(backend, detection, () => this.#reply().dialogue, this.#news());
    send('session.created', { session: this.#wire() });
  }

  update(update: SessionUpdate): void {
    const was = this.#config.audio.input.format;
    this.#config = updated(this.#config, update);
    const { format, turn_detection: detection } = this.#config.audio.input;
    if (format.type !== was.type) this.#cutter = new FrameCutter(format);
    if (detection) this.#turns.detectBy(detection);
    this.#send('session.updated', { session: this.#wire() });
  }

  /** The caller's sound. */
  async append(bytes: Uint8Array): Promise<void> {
    for (const frame of this.#cutter.take(bytes)) {
      if (this.#config.audio.input.turn_detection) await this.#turns.frame(frame);
      else this.#manual.push(frame);
    }
  }

  /** Without turn detection: what was appended is a turn. */
  async commit(): Promise<void> {
    const frames = this.#manual;
    if (frames.length * FRAME_MS < 100) {
      throw new ApiError(400, 'input_audio_buffer_commit_empty', 'The input audio buffer holds less than 100 ms');
    }
    this.#manual = [];
    const item = this.#newTurn();
    this.#announce(item);
    const { asked } = this.#reply().dialogue;
    const hearing = this.#backend.engines.ear.listen(asked);
    for (const frame of frames) await hearing.push(frame);
    const { text } = await hearing.finish();
    this.#understood(item, { kind: 'heard', text }, false);
  }

  clear(): void {
    this.#manual = [];
    this.#send('input_audio_buffer.cleared', {});
  }

  /** Answers the conversation as it stands; `asked` holds for this answer alone. */
  respond(asked: SessionUpdate, since: Ms): void {
    if (this.#response) {
      const message = 'Conversation already has an active response in progress';
      throw new ApiError(400, 'conversation_already_has_active_response', message);
    }
    this.#answer(updated(this.#config, asked), since);
  }

  cancel(): void {
    if (!this.#response) throw new ApiError(400, 'response_cancel_not_active', 'There is no active response');
    this.#response.cancel('client_cancelled');
    this.#turns.hush();
  }

  /** What of an item was played: no more of it was said. */
  truncate(id: string, audioEndMs: number): void {
    const item = this.conversation.spoken(id);
    if (audioEndMs > item.audioMs + 1) {
      const message = `Audio content of ${Math.round(item.audioMs)}ms is already shorter than ${audioEndMs}ms`;
      throw badRequest(message, 'audio_end_ms');
    }
    this.conversation.truncate(item, audioEndMs);
    this.#turns.hush();
  }

  /** The client is gone. */
  close(): void {
    this.#response?.cancel('client_cancelled');
    this.#turns.forget();
  }

  #wire(): object {
    return { type: 'realtime', object: 'realtime.session', id: this.#id, model: MODELS.realtime, ...this.#config };
  }

  #reply(config: Config = this.#config): Reply {
    return fold(this.conversation.entries, offeredBy(config));
  }

  #newTurn(): UserItem {
    return { kind: 'user', id: this.#backend.newId('item'), how: 'input_audio', told: undefined, text: '' };
  }

  #news(): TurnNews {
    return {
      started: (atMs, cutIn) => this.#started(atMs, cutIn),
      stopped: (atMs) => this.#stopped(atMs),
      maybe: (text) => this.#thinkAhead(text),
      idle: () => this.#idle(),
      failed: (error) => this.#failed(error),
    };
  }

  #started(atMs: number, cutIn: boolean): void {
    const item = this.#newTurn();
    this.#turn = { item, cutIn };
    this.#send('input_audio_buffer.speech_started', { audio_start_ms: atMs, item_id: item.id });
    if (this.#config.audio.input.turn_detection?.interrupt_response === false) return;
    this.#response?.cancel('turn_detected');
    this.#turns.hush();
  }

  #stopped(atMs: number): (what: Happening) => void {
    const { item, cutIn } = this.#turn ?? { item: this.#newTurn(), cutIn: false };
    this.#turn = undefined;
    this.#send('input_audio_buffer.speech_stopped', { audio_end_ms: Math.round(atMs), item_id: item.id });
    this.#announce(item);
    const at = this.#backend.clock.now();
    return (what) => this.#heard(item, what, cutIn, at);
  }

  #announce(item: UserItem): void {
    this.#send('input_audio_buffer.committed', { item_id: item.id, previous_item_id: this.conversation.lastId });
    this.conversation.add(item);
    this.conversation.done(item);
  }

  #heard(item: UserItem, what: Happening, cutIn: boolean, at: Ms): void {
    // A cough after a turn that was not answered yet is no news: that turn is what wants an answer.
    if (what.kind !== 'sound' || !this.#unanswered) this.#understood(item, what, cutIn);
    if (this.#config.audio.input.turn_detection?.create_response === false) return this.#turns.nothing();
    // She goes on: what she says next is answered with this.
    this.#unanswered = this.#turns.hers;
    if (!this.#unanswered) this.#answer(this.#config, at);
  }

  #understood(item: UserItem, what: Happening, cutIn: boolean): void {
    item.told = { cutIn, what };
    item.text = what.kind === 'heard' ? what.text : '';
    if (this.#config.audio.input.transcription) this.conversation.transcribed(item);
  }

  #idle(): void {
    const item = this.#newTurn();
    this.#send('input_audio_buffer.timeout_triggered', { item_id: item.id, audio_start_ms: 0, audio_end_ms: 0 });
    this.#announce(item);
    this.#understood(item, { kind: 'silence' }, false);
    this.#answer(this.#config, this.#backend.clock.now());
  }

  /** Has the voice make the likely answer, so that it is there when it is wanted. */
  #thinkAhead(text: string): void {
    const { entries } = this.conversation;
    const likely: Happening = { kind: 'heard', text };
    const { words } = fold(
      [...entries, { kind: 'told', told: { cutIn: false, what: likely } }],
      offeredBy(this.#config),
    );
    const { voice, speed } = this.#config.audio.output;
    const [first] = clauses(words);
    if (first === undefined) return;
    // A reply that cannot be made is reported when it is wanted.
    this.#backend.engines.voice.speak(first, voiceNamed(voice, speed * PACE)).catch(() => undefined);
  }

  #answer(config: Config, since: Ms): void {
    const reply = this.#reply(config);
    const before = this.#response;
    before?.cancel('turn_detected');
    const response = new Response(
      {
        backend: this.#backend,
        config,
        send: this.#send,
        add: (item) => this.conversation.add(item),
        sounding: (lengthMs) => this.#turns.speak(lengthMs),
      },
      reply,
    );
    this.#response = response;
    if (reply.words === '') this.#turns.nothing();
    void response
      .run(this.#backend.latency.draw('realtime', since))
      .catch((error: unknown) => this.#failed(error))
      .finally(() => {
        if (this.#response === response) this.#response = undefined;
      });
  }

  #failed(error: unknown): void {
    this.#backend.trouble(error instanceof Error ? (error.stack ?? error.message) : String(error));
    this.#send('error', { error: new ApiError(500, 'internal_error', 'The server had an error').body });
  }
}
