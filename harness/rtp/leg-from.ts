import type { Pcm } from '../model/audio.ts';
import type { Leg, LineFormat, MediaMap, ReceivedPacket, SentPacket } from '../model/line.ts';
import { ms, samplesToMs } from '../model/time.ts';
import type { LegBooks } from './books.ts';
import { clockBreaks } from './clock-breaks.ts';
import { lateStretches } from './ear-time.ts';
import { lowerEnvelope, skewPpm } from './envelope.ts';

/** A received packet with where it belongs. */
interface Row extends ReceivedPacket {
  readonly stretch: number;
  readonly order: number;
  readonly delay: number;
  readonly audio: Pcm;
}

/** A leg whose books are not bound yet. */
export const emptyLeg = (format: LineFormat): Leg => ({
  format,
  sent: [],
  sentAudio: new Int16Array(0),
  received: [],
  receivedAudio: new Int16Array(0),
  lost: [],
  maps: [],
});

/**
 * Binds a leg's books: packets in the sender's order, audio at the sender's sample clock, losses, and the maps to time.
 * They are those of a line without delay, as in G.711: what we sent sits where it was put in, and what answers to it is
 * moved by the delay of the codec both ways.
 */
export function legFrom(books: LegBooks): Leg {
  const rows = receivedRows(books).sort((a, b) => a.stretch - b.stretch || a.order - b.order);
  const heard = rows.filter((row) => row.samples > 0 && row.mediaIndex >= 0);
  const length = heard.reduce((end, row) => Math.max(end, row.mediaIndex - row.delay + row.samples), 0);
  const receivedAudio = new Int16Array(length);
  for (const { audio, mediaIndex, delay } of heard) {
    const at = mediaIndex - delay;
    receivedAudio.set(at < 0 ? audio.subarray(-at) : audio, Math.max(0, at));
  }
  const maps = mapsOf(heard, samplesToMs(1, books.format.rate), length);
  return {
    format: books.format,
    sent: sentRows(books),
    sentAudio: books.sentAudio.subarray(books.sentDelay),
    received: rows.map(({ stretch: _stretch, order: _order, delay: _delay, audio: _audio, ...packet }) => packet),
    receivedAudio,
    lost: lostStretches(rows),
    late: lateStretches(heard, maps),
    maps,
    dropped: books.fates.filter(({ lost }) => lost),
    delayed: books.fates.filter(({ delayMs }) => delayMs !== undefined),
    fates: books.fates,
  };
}

function sentRows({ sent }: LegBooks): SentPacket[] {
  return Array.from(sent.seq, (seq, i) => ({
    seq,
    rtpTime: sent.rtpTime[i] ?? 0,
    dueAt: ms(sent.dueAt[i] ?? 0),
    at: ms(sent.at[i] ?? 0),
    mediaIndex: sent.mediaIndex[i] ?? 0,
    samples: sent.samples[i] ?? 0,
  }));
}

function receivedRows({ received, receivedAudio }: LegBooks): Row[] {
  let offset = 0;
  return Array.from(received.seq, (seq, i) => {
    const samples = received.samples[i] ?? 0;
    const audio = receivedAudio.subarray(offset, offset + samples);
    offset += samples;
    return {
      seq,
      rtpTime: received.rtpTime[i] ?? 0,
      ssrc: received.ssrc[i] ?? 0,
      marker: received.marker[i] === 1,
      payloadType: received.payloadType[i] ?? 0,
      at: ms(received.at[i] ?? 0),
      mediaIndex: received.mediaIndex[i] ?? 0,
      samples,
      stretch: received.stretch[i] ?? 0,
      order: received.order[i] ?? 0,
      delay: received.delay[i] ?? 0,
      audio,
    };
  });
}

/** Holes in the audio that missing sequence numbers explain; a hole without any is a sender that chose silence. */
function lostStretches(rows: readonly Row[]): Leg['lost'] {
  const lost: { from: number; to: number }[] = [];
  let missing = 0;
  let end: number | undefined;
  let before: Row | undefined;
  for (const row of rows) {
    if (before?.stretch === row.stretch) missing += Math.max(0, row.order - before.order - 1);
    else missing = 0;
    before = row;
    if (row.samples === 0) continue;
    if (missing > 0 && end !== undefined)
      lost.push(...lostIn({ from: end, to: Math.max(0, row.mediaIndex - row.delay) }, missing * row.samples));
    missing = 0;
    end = Math.max(0, row.mediaIndex - row.delay + row.samples);
  }
  return lost;
}

/** A sender that was silent there lost less than the whole hole: the end of what it had said, or the beginning of what came. */
function lostIn(hole: { readonly from: number; readonly to: number }, most: number): Leg['lost'] {
  if (hole.to <= hole.from) return [];
  if (hole.to - hole.from <= 2 * most) return [hole];
  return [
    { from: hole.from, to: hole.from + most },
    { from: hole.to - most, to: hole.to },
  ];
}

/** One map per stretch of the sender's clock; together they cover the received audio without a hole. */
function mapsOf(heard: readonly Row[], nominal: number, length: number): MediaMap[] {
  const fitted = stretchesOf(heard, nominal).map((rows) => {
    const arrivals = rows.map(({ mediaIndex, at }) => ({ index: mediaIndex, at }));
    const fit = lowerEnvelope(arrivals, nominal);
    return { ssrc: rows[0]?.ssrc ?? 0, ...fit, skewPpm: Math.round(skewPpm(fit, nominal) * 100) / 100 };
  });
  return fitted.map((map, i) => ({ ...map, to: fitted[i + 1]?.from ?? length }));
}

function stretchesOf(heard: readonly Row[], nominal: number): readonly (readonly Row[])[] {
  const byStretch = new Map<number, Row[]>();
  for (const row of heard) {
    const rows = byStretch.get(row.stretch);
    if (rows) rows.push(row);
    else byStretch.set(row.stretch, [row]);
  }
  return [...byStretch.values()].flatMap((rows) => {
    const breaks = clockBreaks(
      rows.map(({ mediaIndex, at }) => ({ index: mediaIndex, at })),
      nominal,
    );
    return [0, ...breaks].map((from, i) => rows.slice(from, breaks[i]));
  });
}
