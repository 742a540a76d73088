import type { Pcm } from '../model/audio.ts';
import type { LineFormat } from '../model/line.ts';
import type { Fate } from '../model/network.ts';
import type { Ms } from '../model/time.ts';
import { Column, Tape } from './column.ts';
import type { RtpPacket } from './packet.ts';

/** What a leg wrote down, as plain buffers that travel between threads. */
export interface LegBooks {
  readonly format: LineFormat;
  readonly sent: Readonly<Record<SentColumn, Float64Array<ArrayBuffer>>>;
  /** After the codec, one packet after another. */
  readonly sentAudio: Int16Array<ArrayBuffer>;
  /** How much later in `sentAudio` a sample is than it left, in samples. */
  readonly sentDelay: number;
  readonly received: Readonly<Record<ReceivedColumn, Float64Array<ArrayBuffer>>>;
  /** Decoded, one packet after another in the order of `received`. */
  readonly receivedAudio: Int16Array<ArrayBuffer>;
  /** Packets that the phone's network did something to. */
  readonly fates: readonly Fate[];
}

export type SentColumn = 'seq' | 'rtpTime' | 'dueAt' | 'at' | 'mediaIndex' | 'samples';
export type ReceivedColumn =
  | 'seq'
  | 'rtpTime'
  | 'ssrc'
  | 'marker'
  | 'payloadType'
  | 'at'
  | 'mediaIndex'
  | 'samples'
  /** How much later in its audio a sample is than on a line without delay, in samples. */
  | 'delay'
  /** Which stretch of the sender's sample clock, and the unwrapped sequence number in it. */
  | 'stretch'
  | 'order';

const SENT: readonly SentColumn[] = ['seq', 'rtpTime', 'dueAt', 'at', 'mediaIndex', 'samples'];
const RECEIVED: readonly ReceivedColumn[] = [
  'seq',
  'rtpTime',
  'ssrc',
  'marker',
  'payloadType',
  'at',
  'mediaIndex',
  'samples',
  'delay',
  'stretch',
  'order',
];

/** Where a received packet belongs. */
export interface Place {
  readonly mediaIndex: number;
  readonly stretch: number;
  readonly order: number;
}

/** What a packet says, after the codec. */
export interface Sound {
  readonly samples: Pcm;
  /** How much later in it a sample is than on a line without delay, in samples. */
  readonly delay: number;
}

/** Writes down every packet of one leg. */
export class Bookkeeper {
  readonly #sent = columns(SENT);
  readonly #sentAudio = new Tape();
  #sentDelay = 0;
  readonly #received = columns(RECEIVED);
  readonly #receivedAudio = new Tape();
  readonly #fates: Fate[] = [];

  noteSent(packet: RtpPacket, times: { readonly dueAt: Ms; readonly at: Ms }, mediaIndex: number, sound: Sound): void {
    const { seq, timestamp: rtpTime } = packet;
    const row = { seq, rtpTime, ...times, mediaIndex, samples: sound.samples.length };
    for (const name of SENT) this.#sent[name].push(row[name]);
    this.#sentAudio.append(sound.samples);
    this.#sentDelay = sound.delay;
  }

  /** Its sound is empty for what is not audio. */
  noteReceived(packet: RtpPacket, at: Ms, place: Place, { samples: audio, delay }: Sound): void {
    const { seq, timestamp: rtpTime, ssrc, payloadType } = packet;
    const marker = Number(packet.marker);
    const row = { seq, rtpTime, ssrc, marker, payloadType, at, samples: audio.length, delay, ...place };
    for (const name of RECEIVED) this.#received[name].push(row[name]);
    this.#receivedAudio.append(audio);
  }

  noteFate(fate: Fate): void {
    const { lost, delayMs, reordered, duplicated } = fate;
    if (lost || delayMs !== undefined || reordered || duplicated) this.#fates.push(fate);
  }

  books(format: LineFormat): LegBooks {
    return {
      format,
      sent: valuesOf(this.#sent, SENT),
      sentAudio: this.#sentAudio.cells(),
      sentDelay: this.#sentDelay,
      received: valuesOf(this.#received, RECEIVED),
      receivedAudio: this.#receivedAudio.cells(),
      fates: [...this.#fates],
    };
  }
}

function columns<Name extends string>(names: readonly Name[]): Record<Name, Column> {
  return Object.fromEntries(names.map((name) => [name, new Column()])) as Record<Name, Column>;
}

function valuesOf<Name extends string>(
  from: Readonly<Record<Name, Column>>,
  names: readonly Name[],
): Record<Name, Float64Array<ArrayBuffer>> {
  return Object.fromEntries(names.map((name) => [name, from[name].values()])) as Record<
    Name,
    Float64Array<ArrayBuffer>
  >;
}
