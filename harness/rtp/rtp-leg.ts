import type { Pcm } from '../model/audio.ts';
import type { Codec, DtmfKey, LineFormat, Sender } from '../model/line.ts';
import type { Fate } from '../model/network.ts';
import { after, type Ms, ms, msToSamples } from '../model/time.ts';
import { Bookkeeper, type LegBooks, type Sound } from './books.ts';
import { codecKind, FRAME_MS, ownDelay, type CodecKind, type Decoder, type Encoder } from './codec.ts';
import { floorNoise } from './floor.ts';
import { type Heard, Inbox, type PayloadTypes } from './inbox.ts';
import { KeyPad } from './key-pad.ts';
import { type Frame, Outbox, type Over } from './outbox.ts';
import { buildPacket, parsePacket, type RtpPacket } from './packet.ts';
import { COMFORT_NOISE, QuietLine, type Said } from './quiet-line.ts';
import { Source } from './source.ts';

/** What a leg is told once, before its first packet. */
export interface LegSetup {
  readonly codec: Codec;
  /** Payload type of what we send. */
  readonly payloadType: number;
  /** Samples in a second of what is played and heard: 8000 or 16000, whatever the codec. */
  readonly rate: number;
  /** How keys are sent; undefined when the other side takes none. */
  readonly keys: { readonly payloadType: number; readonly clockRate: number } | undefined;
  /** What is understood when it arrives. */
  readonly accepts: PayloadTypes;
  readonly seed: number;
  /** Loops under everything sent, in place of the floor noise. */
  readonly bed?: Pcm;
  /** Left out for an ordinary telephone. */
  readonly sender?: Sender;
}

/** What a leg can be asked to do; plain data, so that it travels to a worker. */
export type LegCommand =
  | { readonly do: 'play'; readonly id: number; readonly startAt: Ms | undefined }
  | { readonly do: 'feed'; readonly id: number; readonly samples: Pcm }
  | { readonly do: 'seal' | 'cut'; readonly id: number }
  | { readonly do: 'duck'; readonly id: number; readonly db: number }
  | { readonly do: 'key'; readonly key: DtmfKey };

/** What happened on a leg; plain data, so that it travels from a worker. */
export type LegNews =
  | { readonly what: 'heard'; readonly item: Heard }
  /** Samples of a playing left; `at` is the send instant of the first of them. */
  | { readonly what: 'left'; readonly id: number; readonly at: Ms; readonly samples: number }
  | ({ readonly what: 'over' } & Over)
  /** Told once: packets of a payload type nobody agreed on come in, and are ignored. */
  | { readonly what: 'ignored'; readonly payloadType: number }
  /** Told once: packets come in that are not encrypted with the key agreed on. */
  | { readonly what: 'unreadable' };

/** A frame on its way out: what it says on the wire, and after the codec. */
interface Ready {
  readonly frame: Frame;
  readonly says: Said;
  readonly payload: Uint8Array;
  readonly sound: Sound;
}

const NOTHING = { payload: new Uint8Array(0), sound: { samples: new Int16Array(0), delay: 0 } };

/**
 * One side of a call's media: what leaves, what comes, and the books of both. It has no socket, no thread and no
 * clock; the loopback line and the media worker pace the same one. `origin` is when its first packet is due.
 */
export class RtpLeg {
  readonly format: LineFormat;
  readonly #setup: LegSetup;
  readonly #origin: Ms;
  readonly #outbox: Outbox;
  readonly #books = new Bookkeeper();
  readonly #inbox: Inbox;
  readonly #keys: KeyPad;
  readonly #kind: CodecKind;
  readonly #encoder: Encoder;
  /** What the other side makes of what we send. */
  readonly #echo: Decoder;
  readonly #frameSamples: number;
  #ready: Ready | undefined;
  /** Length of one of its own samples on the call's clock, ms. */
  readonly #sampleMs: number;
  readonly #quiet: QuietLine;
  readonly #source: Source;
  #news: LegNews[] = [];
  #unreadable = false;

  constructor(setup: LegSetup, origin: Ms) {
    const { skewPpm = 0, silence = 'sound', newSourceAtMs = [] } = setup.sender ?? {};
    const floor = setup.bed?.length ? setup.bed : floorNoise(setup.seed);
    const { codec, rate } = setup;
    this.format = { codec, rate, ptime: ms(FRAME_MS), timing: 'exact' };
    this.#kind = codecKind(codec);
    this.#encoder = this.#kind.encoder(rate);
    this.#echo = this.#kind.decoder(rate);
    this.#frameSamples = msToSamples(FRAME_MS, rate);
    this.#setup = setup;
    this.#origin = origin;
    this.#outbox = new Outbox(floor, this.#frameSamples);
    this.#inbox = new Inbox(setup.accepts, this.#books, rate);
    this.#keys = new KeyPad(setup.keys?.clockRate ?? this.#kind.clockRate);
    this.#sampleMs = 1000 / (rate * (1 + skewPpm * 1e-6));
    this.#quiet = new QuietLine(silence, floor);
    this.#source = new Source(
      setup.seed,
      newSourceAtMs.map((at) => msToSamples(at, rate)),
    );
  }

  /** When the next packet should leave: a whole number of frames after the first, whatever happened meanwhile. */
  get nextDue(): Ms {
    return after(this.#origin, (this.#ready?.frame.mediaIndex ?? this.#outbox.next) * this.#sampleMs);
  }

  obey(command: LegCommand): void {
    switch (command.do) {
      case 'play':
        return this.#outbox.play(command.id, this.#indexAt(command.startAt));
      case 'feed':
        return this.#outbox.feed(command.id, command.samples);
      case 'seal':
        return this.#tellOver(this.#outbox.seal(command.id));
      case 'cut':
        return this.#tellOver(this.#outbox.cut(command.id));
      case 'duck':
        return this.#outbox.duck(command.id, command.db);
      case 'key':
        return this.#keys.press(command.key);
    }
  }

  /**
   * Codes the next packet if that takes long, so that it only has to be sent when it is due. What is asked of the leg
   * from then on is for the packet after it.
   */
  prepare(): void {
    if (this.#kind.isCostly) this.#ready ??= this.#made();
  }

  /** The packets that leave now: one of audio or of its silence, and those of a key being pressed. `at` is their send stamp. */
  tick(at: Ms): readonly Uint8Array[] {
    const dueAt = this.nextDue;
    this.#hear(this.#inbox.idle(at));
    const ready = this.#ready ?? this.#made();
    this.#ready = undefined;
    const { frame, says } = ready;
    const { mediaIndex } = frame;
    this.#source.reach(mediaIndex);
    const packets = says.kind === 'audio' ? [this.#audio(ready, says.marker, { dueAt, at })] : [];
    if (says.kind === 'noise') packets.push(this.#packet({ ...COMFORT_NOISE, payload: says.payload }, mediaIndex));
    for (const part of frame.left) {
      const leftAt = after(at, (part.mediaIndex + this.#encoder.delay - mediaIndex) * this.#sampleMs);
      this.#news.push({ what: 'left', id: part.id, at: leftAt, samples: part.samples });
    }
    for (const over of frame.over) this.#tellOver(over);
    return [...packets.map(buildPacket), ...this.#keyPackets(mediaIndex)];
  }

  /** Takes a datagram that arrived at `at`. */
  receive(bytes: Uint8Array, at: Ms): void {
    const packet = parsePacket(bytes);
    if (!packet) return;
    const known = this.#inbox.unknown;
    this.#hear(this.#inbox.receive(packet, at));
    if (known === 0 && this.#inbox.unknown > 0) this.#news.push({ what: 'ignored', payloadType: packet.payloadType });
  }

  noteFate(fate: Fate): void {
    this.#books.noteFate(fate);
  }

  /** Something came in that could not be decrypted. */
  noteUnreadable(): void {
    if (!this.#unreadable) this.#news.push({ what: 'unreadable' });
    this.#unreadable = true;
  }

  /** Cuts what is still queued and lets go of what was waited for; nothing follows. */
  finish(at: Ms): void {
    this.#hear(this.#inbox.flush(at));
    for (const over of this.#outbox.cutAll()) this.#tellOver(over);
  }

  /** What happened since it was last asked. */
  takeNews(): readonly LegNews[] {
    const news = this.#news;
    if (news.length > 0) this.#news = [];
    return news;
  }

  books(): LegBooks {
    return this.#books.books(this.format);
  }

  #indexAt(startAt: Ms | undefined): number {
    if (startAt === undefined) return this.#outbox.next;
    // What the encoder keeps for a while is handed to it that much sooner.
    return Math.round((startAt - this.#origin) / this.#sampleMs - this.#encoder.delay);
  }

  #made(): Ready {
    const frame = this.#outbox.nextFrame();
    const says = this.#quiet.next(frame.left.length > 0);
    if (says.kind !== 'audio') return { frame, says, ...NOTHING };
    const payload = this.#encoder.encode(frame.samples);
    const delay = Math.round(this.#echo.delay + ownDelay(this.#setup.codec, this.#setup.rate));
    return { frame, says, payload, sound: { samples: this.#echo.decode(payload), delay } };
  }

  #audio(ready: Ready, marker: boolean, times: { readonly dueAt: Ms; readonly at: Ms }): RtpPacket {
    const { mediaIndex } = ready.frame;
    const packet = this.#packet({ payloadType: this.#setup.payloadType, marker, payload: ready.payload }, mediaIndex);
    this.#books.noteSent(packet, times, mediaIndex, ready.sound);
    return packet;
  }

  #keyPackets(mediaIndex: number): readonly Uint8Array[] {
    const { keys } = this.#setup;
    if (!keys) return [];
    const frame = mediaIndex / this.#frameSamples;
    return this.#keys.next(frame).map(({ begin, payload }) => {
      const body = { payloadType: keys.payloadType, marker: begin === frame, payload };
      return buildPacket(this.#packet(body, begin * this.#frameSamples));
    });
  }

  #packet(body: Pick<RtpPacket, 'payloadType' | 'marker' | 'payload'>, mediaIndex: number): RtpPacket {
    return { ...body, ...this.#source.stamp((mediaIndex * this.#kind.clockRate) / this.#setup.rate) };
  }

  #hear(heard: readonly Heard[]): void {
    for (const item of heard) this.#news.push({ what: 'heard', item });
  }

  #tellOver(over: Over | undefined): void {
    if (over) this.#news.push({ what: 'over', ...over });
  }
}
