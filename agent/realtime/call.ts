import type { RealtimeServerEvent } from 'openai/resources/realtime/realtime';
import type { DtmfKey, Incoming, Line } from '../../harness/model/line.ts';
import { after } from '../../harness/model/time.ts';
import type { Ms } from '../../harness/model/time.ts';
import { decodeG711, encodeG711 } from '../../harness/rtp/g711.ts';
import { userMessage } from '../chat/notes.ts';
import type { Happening } from '../chat/notes.ts';
import { resultText } from '../chat/tools.ts';
import type { ToolResult, ToolUse } from '../chat/tools.ts';
import { Attention } from '../ear/attention.ts';
import type { Mode } from '../floor/state.ts';
import type { AgentParts } from '../parts.ts';
import type { CallWorld } from '../world.ts';
import { Deeds } from './deeds.ts';
import { Farewell } from './farewell.ts';
import { hearOver, openHush } from './hush.ts';
import type { Link } from './link.ts';
import { Playout } from './playout.ts';
import type { PlayedItem } from './playout.ts';

type AudioItem = Extract<Incoming, { kind: 'audio' }>;
type Event<T extends RealtimeServerEvent['type']> = Extract<RealtimeServerEvent, { type: T }>;

/** The session that leads a call. */
export type LeadingSession = Pick<Link, 'send' | 'listen' | 'lost' | 'alive' | 'close'>;

/** A server that owes an answer for so long has lost us, though the connection holds. */
const STALLED_MS = 8_000;

/**
 * One call led by a Realtime session. The session hears, decides and speaks; what needs to be done within a frame is done
 * here: silence when somebody sounds over the agent, and the book of what was really played.
 */
export class WholeCall {
  readonly #line: Line;
  readonly #parts: AgentParts;
  readonly #world: CallWorld;
  readonly #link: LeadingSession;
  readonly #attention: Attention;
  readonly #playout: Playout;
  readonly #deeds: Deeds;
  readonly #farewell: Farewell;
  #hush = openHush;
  /** She has the floor, the server says. */
  #hers = false;
  /** A response is under way, and another is wanted after it. */
  #responding = false;
  #wanted = false;
  /** Since when the server owes an answer. */
  #owedSince: Ms | undefined;
  /** Mutual silence, ms. */
  #idleMs = 0;
  #heardUntil: Ms;
  /** When her last turn was over. */
  #stoppedAt: Ms | undefined;
  /** The connection is gone, or the call is ending: the session is not heeded any more. */
  #left = false;

  constructor(line: Line, parts: AgentParts, world: CallWorld, link: LeadingSession) {
    this.#line = line;
    this.#parts = parts;
    this.#world = world;
    this.#link = link;
    this.#attention = new Attention(parts.vad(), world.clock);
    this.#playout = new Playout(line, (item) => this.#played(item));
    this.#farewell = new Farewell(line, parts, world);
    this.#deeds = new Deeds(line, parts, world, {
      said: () => this.#playout.over(),
      hers: () => this.#hers || this.#playout.sounding,
      slow: () => this.#tell({ kind: 'office-slow' }),
      left: () => this.#left,
    });
    this.#heardUntil = world.clock.now();
  }

  /** Runs to the end of the call. */
  async run(): Promise<void> {
    this.#link.listen((event) => this.#on(event));
    void this.#link.lost.then((why) => this.#lost(why));
    this.#world.watch(this.#farewell.warm());
    this.#tell({ kind: 'answered', ...(this.#world.call === undefined ? {} : { call: this.#world.call }) });
    try {
      for await (const item of this.#line.incoming) {
        if (item.kind === 'audio') await this.#attend(item);
        if (item.kind === 'key') this.#press(item.key);
      }
    } finally {
      this.#left = true;
      this.#link.close();
    }
  }

  async #attend(item: AudioItem): Promise<void> {
    const sound = await this.#attention.hear(item.samples, () => this.#mode());
    if (this.#left || this.#deeds.handing) return;
    const bytes = encodeG711('PCMU', item.samples);
    this.#link.send({ type: 'input_audio_buffer.append', audio: Buffer.from(bytes).toString('base64') });
    const { clock } = this.#world;
    const lengthMs = (item.samples.length * 1000) / this.#line.format.rate;
    if (sound.loud) this.#heardUntil = after(item.arrivedAt, lengthMs);
    this.#hearOver({ kind: 'frame', at: clock.now(), lengthMs, ...sound });
    this.#passTime(sound.loud, lengthMs);
    if (clock.now() - (this.#owedSince ?? clock.now()) > STALLED_MS) this.#lost('the server gave no answer');
  }

  #mode(): Mode {
    if (this.#hers) return 'holding';
    if (this.#hush.mode === 'held') return 'ducked';
    return this.#playout.sounding ? 'speaking' : 'listening';
  }

  #hearOver(frame: Parameters<typeof hearOver>[1]): void {
    if (!this.#playout.sounding) {
      this.#hush = openHush;
      return;
    }
    const [hush, what] = hearOver(this.#hush, frame, this.#parts.manners);
    this.#hush = hush;
    if (what === 'hold') this.#playout.hold();
    if (what === 'go-on') this.#playout.goOn();
  }

  /** Nobody has said anything for long: the session is told, since no event of its own would. */
  #passTime(loud: boolean, lengthMs: number): void {
    const busy = loud || this.#hers || this.#playout.sounding || this.#responding || this.#deeds.busy;
    this.#idleMs = busy ? 0 : this.#idleMs + lengthMs;
    if (this.#idleMs < this.#parts.manners.silenceMs) return;
    this.#idleMs = 0;
    this.#tell({ kind: 'silence' });
  }

  #press(key: DtmfKey): void {
    if (this.#left || this.#deeds.handing) return;
    this.#playout.stop();
    this.#tell({ kind: 'key', key });
  }

  /** Tells the session what is no speech of hers, and asks for an answer. */
  #tell(what: Happening): void {
    const content = [{ type: 'input_text' as const, text: userMessage({ cutIn: false, what }) }];
    this.#link.send({ type: 'conversation.item.create', item: { type: 'message', role: 'user', content } });
    this.#ask();
  }

  #ask(): void {
    if (this.#left) return;
    this.#owedSince ??= this.#world.clock.now();
    this.#wanted = this.#responding;
    if (this.#responding) return;
    this.#responding = true;
    this.#link.send({ type: 'response.create' });
  }

  #on(event: RealtimeServerEvent): void {
    if (this.#left) return;
    switch (event.type) {
      case 'input_audio_buffer.speech_started':
        return this.#started();
      case 'input_audio_buffer.speech_stopped':
        return this.#stopped();
      case 'conversation.item.input_audio_transcription.completed':
        return this.#transcribed(event.transcript);
      case 'response.created':
        this.#responding = true;
        return;
      case 'response.output_audio.delta':
        return this.#sound(event);
      case 'response.output_audio_transcript.delta':
        return this.#playout.write(event.item_id, event.delta);
      case 'response.output_audio.done':
        return this.#playout.end(event.item_id);
      case 'response.output_item.done':
        return this.#item(event);
      case 'response.done':
        return this.#done(event);
      case 'error':
        return this.#refused(event);
      default:
    }
  }

  #started(): void {
    this.#hers = true;
    this.#hush = openHush;
    this.#owedSince = undefined;
    this.#playout.stop();
  }

  #stopped(): void {
    const now = this.#world.clock.now();
    this.#hers = false;
    this.#stoppedAt = now;
    this.#owedSince = now;
    this.#world.claims.stage('endpointing', this.#heardUntil, now);
  }

  #transcribed(transcript: string): void {
    const now = this.#world.clock.now();
    this.#deeds.heard(transcript);
    if (this.#stoppedAt !== undefined) {
      this.#world.claims.stage('ear', this.#stoppedAt, now);
      // What follows is the brain's.
      this.#stoppedAt = now;
    }
    this.#world.claims.transcript(transcript, this.#heardUntil, now);
  }

  #sound({ item_id: id, delta }: Event<'response.output_audio.delta'>): void {
    const { clock, claims } = this.#world;
    const now = clock.now();
    // It owes the rest: what broke off here would be waited for for ever.
    this.#owedSince = this.#responding ? now : undefined;
    const begins = !this.#playout.sounding;
    this.#playout.add(id, decodeG711('PCMU', Buffer.from(delta, 'base64')));
    if (!begins || this.#stoppedAt === undefined) return;
    claims.stage('brain', this.#stoppedAt, now);
    this.#stoppedAt = undefined;
    void this.#playout.started.then((at) => {
      if (at !== undefined) claims.stage('voice', now, at);
    });
  }

  /** What of an item was played is all the session is to remember of it. */
  #played({ id, playedMs, heard, whole, startedAt, endedAt }: PlayedItem): void {
    const now = this.#world.clock.now();
    if (heard !== '') {
      this.#world.claims.said(heard, startedAt ?? now, endedAt ?? now);
      this.#deeds.said(heard);
    }
    if (!whole && !this.#left) {
      this.#link.send({ type: 'conversation.item.truncate', item_id: id, content_index: 0, audio_end_ms: playedMs });
    }
  }

  #item({ item }: Event<'response.output_item.done'>): void {
    // Cut off in the middle of its arguments, it asks for nothing.
    if (item.type !== 'function_call' || item.status === 'incomplete') return;
    this.#owedSince = undefined;
    this.#world.watch(this.#use(item.call_id ?? '', { name: item.name, arguments: item.arguments }));
  }

  async #use(callId: string, use: ToolUse): Promise<void> {
    const result = await this.#deeds.carryOut(use);
    if (this.#left || result === undefined) return;
    // It went while a desk rang, and nobody took her there.
    if (!this.#link.alive) return this.#lost('the connection was closed');
    this.#result(callId, result);
    if (result.kind !== 'hanging-up') this.#ask();
  }

  #result(callId: string, result: ToolResult): void {
    const output = resultText(result);
    const item = { type: 'function_call_output' as const, call_id: callId, output };
    this.#link.send({ type: 'conversation.item.create', item });
  }

  #done({ response }: Event<'response.done'>): void {
    this.#responding = false;
    this.#playout.endAll();
    if (response.status === 'failed') return this.#lost('a response failed');
    if (!this.#wanted) {
      this.#owedSince = undefined;
      return;
    }
    this.#wanted = false;
    this.#ask();
  }

  #refused({ error }: Event<'error'>): void {
    if (error.code === 'conversation_already_has_active_response') {
      this.#responding = true;
      this.#wanted = true;
      return;
    }
    this.#world.claims.state('trouble', `realtime: ${error.message}`, this.#world.clock.now());
  }

  /** Never silence: the embedded voice says what is the matter, and a person takes over. */
  #lost(why: string): void {
    // No more of the goodbye will come: what waits for its end must not wait for ever.
    if (this.#deeds.closing) return this.#playout.endAll();
    if (this.#left || this.#deeds.handing) return;
    this.#left = true;
    this.#link.close();
    this.#playout.stop();
    this.#world.claims.state('trouble', `realtime: ${why}`, this.#world.clock.now());
    this.#world.watch(this.#farewell.say(this.#deeds.dialogue));
  }
}
