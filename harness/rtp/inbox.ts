import type { Pcm } from '../model/audio.ts';
import type { Codec, Incoming } from '../model/line.ts';
import type { Ms } from '../model/time.ts';
import type { Bookkeeper, Sound } from './books.ts';
import { codecKind, FRAME_MS, ownDelay, type Decoder } from './codec.ts';
import type { RtpPacket } from './packet.ts';
import { SampleClock, type Pace } from './sample-clock.ts';
import { parseEvent } from './telephone-event.ts';

/** What a listener gets from the media. */
export type Heard = Extract<Incoming, { readonly kind: 'audio' | 'key' }>;

/** What payload types mean on this leg (RFC 3551, RFC 4733). */
export interface PayloadTypes {
  readonly codecs: Readonly<Record<number, Codec>>;
  /** Keys, whatever their clock. */
  readonly events: readonly number[];
}

/** How many later packets are waited for before a missing one counts as lost. */
const PATIENCE = 2;

/** A longer hole than this in the stream is left to the books instead of being filled packet by packet. */
const MOST_STAND_INS = 250;

/** A sender from whom nothing has come for this long has chosen silence (comfort noise, DTX): nobody waits for its packets, ms. */
const SILENT_AFTER = 100;

const SILENCE: Sound = { samples: new Int16Array(0), delay: 0 };

interface Arrived {
  readonly packet: RtpPacket;
  readonly at: Ms;
}

/** Puts packets in order, decodes them, and stands in for those that never came. */
export class Inbox {
  readonly #rate: number;
  readonly #frameSamples: number;
  readonly #decoders = new Map<Codec, Decoder>();
  readonly #types: PayloadTypes;
  readonly #books: Bookkeeper;
  #clock: SampleClock | undefined;
  readonly #early = new Map<number, Arrived>();
  #expected = 0;
  #lastAudio: Ms | undefined;
  #lastKey: number | undefined;
  #unknown = 0;
  /** How long our own change of rate keeps what comes in, in samples. */
  #held = 0;
  #retired: { readonly ssrc: number; readonly until: number } | undefined;

  /** `rate`: samples in a second of what is heard, whatever the codec. */
  constructor(types: PayloadTypes, books: Bookkeeper, rate: number) {
    this.#rate = rate;
    this.#frameSamples = (rate * FRAME_MS) / 1000;
    this.#types = types;
    this.#books = books;
  }

  /** Packets whose payload type nobody agreed on: ignored, and counted here. */
  get unknown(): number {
    return this.#unknown;
  }

  /** Takes one packet; returns what can be heard now. */
  receive(packet: RtpPacket, at: Ms): readonly Heard[] {
    const heard: Heard[] = [];
    if (this.#retired && packet.ssrc === this.#retired.ssrc && at < this.#retired.until) return heard;
    if (!this.#clock?.continues(packet) || !this.#keepsPace(packet)) this.#startOver(packet, at, heard);
    const order = this.#orderOf(packet);
    if (order < this.#expected) {
      this.#noteLate({ packet, at }, order);
      return heard;
    }
    this.#early.set(order, { packet, at });
    this.#advance(heard);
    if (this.#early.size >= PATIENCE) this.#skipHole(at, heard);
    return heard;
  }

  /** A frame's stand-in of silence while the sender sends none, so that whoever listens hears that nothing is said. */
  idle(at: Ms): readonly Heard[] {
    const clock = this.#clock;
    if (!clock || this.#lastAudio === undefined || at - this.#lastAudio < SILENT_AFTER) return [];
    const samples = new Int16Array(this.#frameSamples);
    return [{ kind: 'audio', samples, arrivedAt: at, mediaIndex: clock.end - this.#held, seq: -1, lost: true }];
  }

  /** What was still waiting for an earlier packet. */
  flush(at: Ms): readonly Heard[] {
    const heard: Heard[] = [];
    while (this.#early.size > 0) this.#skipHole(at, heard);
    return heard;
  }

  #orderOf(packet: RtpPacket): number {
    return this.#clock?.orderOf(packet.seq) ?? 0;
  }

  #startOver(packet: RtpPacket, at: Ms, heard: Heard[]): void {
    heard.push(...this.flush(at));
    const old = this.#clock;
    if (old && old.ssrc !== packet.ssrc) this.#retired = { ssrc: old.ssrc, until: at + 100 };
    const begin = old ? { stretch: old.stretch + 1, base: old.end } : { stretch: 0, base: 0 };
    this.#clock = new SampleClock(packet, begin, this.#paceOf(packet) ?? old?.pace ?? this.#usualPace());
    this.#expected = this.#clock.orderOf(packet.seq);
  }

  /** Its codec counts in the ticks that the clock is kept in; keys count in those of the audio. */
  #keepsPace(packet: RtpPacket): boolean {
    const pace = this.#paceOf(packet);
    return pace === undefined || pace.samplesPerTick === this.#clock?.pace.samplesPerTick;
  }

  #paceOf({ payloadType }: RtpPacket): Pace | undefined {
    const codec = this.#types.codecs[payloadType];
    return codec && this.#paceIn(codec);
  }

  #usualPace(): Pace {
    return this.#paceIn(Object.values(this.#types.codecs)[0] ?? 'PCMU');
  }

  #paceIn(codec: Codec): Pace {
    return { samplesPerTick: this.#rate / codecKind(codec).clockRate, samplesPerMs: this.#rate / 1000 };
  }

  #advance(heard: Heard[]): void {
    for (let next = this.#early.get(this.#expected); next; next = this.#early.get(this.#expected)) {
      this.#early.delete(this.#expected);
      this.#deliver(next, this.#expected, heard);
      this.#expected++;
    }
  }

  #skipHole(at: Ms, heard: Heard[]): void {
    const next = Math.min(...this.#early.keys());
    const missing = next - this.#expected;
    const after = this.#early.get(next);
    if (after && this.#clock) {
      const from = this.#clock.end;
      const room = Math.floor((this.#clock.indexOf(after.packet.timestamp) - from) / this.#frameSamples);
      for (let i = 0; i < Math.min(missing, room, MOST_STAND_INS); i++) {
        const seq = (after.packet.seq - missing + i) & 0xffff;
        const mediaIndex = from - this.#held + i * this.#frameSamples;
        heard.push({
          kind: 'audio',
          samples: new Int16Array(this.#frameSamples),
          arrivedAt: at,
          mediaIndex,
          seq,
          lost: true,
        });
      }
    }
    this.#expected = next;
    this.#advance(heard);
  }

  #deliver(arrived: Arrived, order: number, heard: Heard[]): void {
    const { packet, at } = arrived;
    const { samples, mediaIndex } = this.#note(arrived, order);
    if (samples.length > 0) {
      const begins = mediaIndex - this.#held;
      heard.push({ kind: 'audio', samples, arrivedAt: at, mediaIndex: begins, seq: packet.seq, lost: false });
    }
    const event = this.#types.events.includes(packet.payloadType) ? parseEvent(packet.payload) : undefined;
    if (!event || packet.timestamp === this.#lastKey) return;
    this.#lastKey = packet.timestamp;
    heard.push({ kind: 'key', key: event.key, arrivedAt: at });
  }

  #note({ packet, at }: Arrived, order: number): { readonly samples: Pcm; readonly mediaIndex: number } {
    const clock = this.#clock as SampleClock;
    const sound = this.#decode(packet);
    const { samples } = sound;
    if (samples.length > 0) {
      clock.follow(packet, at, samples.length);
      this.#lastAudio = at;
    }
    const mediaIndex = clock.indexOf(packet.timestamp);
    this.#books.noteReceived(packet, at, { mediaIndex, stretch: clock.stretch, order }, sound);
    return { samples, mediaIndex };
  }

  /** Too late to be heard, but the recording has a place for it. */
  #noteLate({ packet, at }: Arrived, order: number): void {
    const clock = this.#clock as SampleClock;
    const place = { mediaIndex: clock.indexOf(packet.timestamp), stretch: clock.stretch, order };
    this.#books.noteReceived(packet, at, place, this.#decodeAlone(packet));
  }

  #decode(packet: RtpPacket): Sound {
    const codec = this.#types.codecs[packet.payloadType];
    if (codec) {
      const decoder = this.#decoders.get(codec) ?? codecKind(codec).decoder(this.#rate);
      this.#decoders.set(codec, decoder);
      return this.#soundOf(codec, decoder, packet);
    }
    if (!this.#types.events.includes(packet.payloadType)) this.#unknown++;
    return SILENCE;
  }

  /** Out of its order: what the stream's decoder remembers is of later packets, and must stay so. */
  #decodeAlone(packet: RtpPacket): Sound {
    const codec = this.#types.codecs[packet.payloadType];
    return codec ? this.#soundOf(codec, codecKind(codec).decoder(this.#rate), packet) : SILENCE;
  }

  /**
   * Both ways of the codec are taken off, so that the books are those of a line without delay: what the agent answers to
   * reached it that much later than it was said.
   */
  #soundOf(codec: Codec, decoder: Decoder, { payload }: RtpPacket): Sound {
    this.#held = Math.round(decoder.delay);
    return {
      samples: decoder.decode(payload),
      delay: Math.round(decoder.delay + 2 * ownDelay(codec, this.#rate)),
    };
  }
}
