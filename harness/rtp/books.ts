import type { Pcm } from '../model/audio.ts';
import type { LineFormat } from '../model/line.ts';
import type { Ms } from '../model/time.ts';
import { Column, Tape } from './column.ts';
import type { RtpPacket } from './packet.ts';
import type { Fate } from './wire.ts';

/** What a leg wrote down, as plain buffers that travel between threads. */
export interface LegBooks {
  readonly format: LineFormat;
  readonly sent: Readonly<Record<SentColumn, Float64Array<ArrayBuffer>>>;
  /** After the codec, one packet after another. */
  readonly sentAudio: Int16Array<ArrayBuffer>;
  readonly received: Readonly<Record<ReceivedColumn, Float64Array<ArrayBuffer>>>;
  /** Decoded, one packet after another in the order of `received`. */
  readonly receivedAudio: Int16Array<ArrayBuffer>;
  /** Packets an impairment dropped. */
  readonly dropped: readonly Fate[];
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
  'stretch',
  'order',
];

/** Where a received packet belongs. */
export interface Place {
  readonly mediaIndex: number;
  readonly stretch: number;
  readonly order: number;
}

/** Writes down every packet of one leg. */
export class Bookkeeper {
  readonly #sent = columns(SENT);
  readonly #sentAudio = new Tape();
  readonly #received = columns(RECEIVED);
  readonly #receivedAudio = new Tape();
  readonly #dropped: Fate[] = [];

  noteSent(packet: RtpPacket, times: { readonly dueAt: Ms; readonly at: Ms }, mediaIndex: number, audio: Pcm): void {
    const row = { seq: packet.seq, rtpTime: packet.timestamp, ...times, mediaIndex, samples: audio.length };
    for (const name of SENT) this.#sent[name].push(row[name]);
    this.#sentAudio.append(audio);
  }

  /** `audio` is empty for what is not audio. */
  noteReceived(packet: RtpPacket, at: Ms, place: Place, audio: Pcm): void {
    const { seq, timestamp: rtpTime, ssrc, payloadType } = packet;
    const marker = Number(packet.marker);
    const row = { seq, rtpTime, ssrc, marker, payloadType, at, samples: audio.length, ...place };
    for (const name of RECEIVED) this.#received[name].push(row[name]);
    this.#receivedAudio.append(audio);
  }

  noteFate(fate: Fate): void {
    if (fate.lost) this.#dropped.push(fate);
  }

  books(format: LineFormat): LegBooks {
    return {
      format,
      sent: valuesOf(this.#sent, SENT),
      sentAudio: this.#sentAudio.samples(),
      received: valuesOf(this.#received, RECEIVED),
      receivedAudio: this.#receivedAudio.samples(),
      dropped: [...this.#dropped],
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
