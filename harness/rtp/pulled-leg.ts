import type { Pcm } from '../model/audio.ts';
import type { Chunks, Codec, Incoming, Leg, LineFormat, Notice, Playing } from '../model/line.ts';
import { after, ms, msToSamples, type Ms } from '../model/time.ts';
import { Bookkeeper } from './books.ts';
import { FRAME_MS } from './codec.ts';
import { lowerEnvelope, type Arrival } from './envelope.ts';
import { floorNoise } from './floor.ts';
import { Handset } from './handset.ts';
import { legFrom } from './leg-from.ts';
import { Outbox, type Over } from './outbox.ts';
import type { RtpPacket } from './packet.ts';
import type { LegCommand, LegNews } from './rtp-leg.ts';

/** What a leg is told that somebody else's stack paces. */
export interface PulledSetup {
  /** What the stack codes with, as far as is known. */
  readonly codec: Codec;
  readonly rate: number;
  readonly seed: number;
  readonly bed?: Pcm | undefined;
  /** How far ahead of what has left audio is handed over to begin with; a stack that misses some is given more. */
  readonly lead: Ms;
  now(): Ms;
}

/** The furthest ahead: the most a cut can take, ms. */
const MOST_LEAD_MS = 240;

/** What the stack says about once a frame. Positions are samples of its own sample clock, at the leg's rate. */
export interface Pull {
  /** Everything before it has left, or was missed. */
  readonly position: number;
  /** When it was there, on the call's clock; may be later than it was, never sooner. */
  readonly at: Ms;
  /** Stretches for which it had no audio when their time came: silence left instead. */
  readonly missed?: readonly Stretch[];
  /** What was heard up to there, if anybody can be heard yet. */
  readonly heard?: { readonly from: number; readonly samples: Pcm } | undefined;
}

/** Positions `from <= position < to`. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Audio for the positions from `from` on. */
export interface Supply {
  readonly from: number;
  readonly samples: Pcm;
}

/** A frame that was handed over. */
interface Sent {
  readonly position: number;
  readonly samples: Pcm;
}

/**
 * A leg whose packets are somebody else's business: a stack with a sample clock of its own asks for audio ahead of time
 * and hands in what it heard. Every sample has a place on that clock, so that what comes too late is silence and moves
 * nothing; the clock is mapped to the call's by its quickest reports.
 */
export class PulledLeg {
  readonly format: LineFormat;
  readonly #setup: PulledSetup;
  readonly #floor: Pcm;
  readonly #frame: number;
  #lead: number;
  readonly #sampleMs: number;
  readonly #handset: Handset;
  readonly #arrivals: Arrival[] = [];
  readonly #sent: Sent[] = [];
  readonly #missed: Stretch[] = [];
  readonly #heard: { readonly position: number; readonly samples: Pcm; readonly at: Ms }[] = [];
  /** What is told once the stack is past its position. */
  #untold: { readonly position: number; readonly news: LegNews }[] = [];
  #outbox: Outbox | undefined;
  #origin = 0;
  #next: number | undefined;
  /** The clock's time at position 0, by the quickest report so far. */
  #zero = Infinity;
  #firstHeardAt: Ms | undefined;
  #lastHeardAt: Ms | undefined;
  /** Presses a key by the stack's own means. */
  onKey: ((key: Extract<LegCommand, { do: 'key' }>['key']) => void) | undefined;
  readonly ignoredPayloadType = undefined;
  readonly isUnreadable = false;

  constructor(setup: PulledSetup) {
    this.#setup = setup;
    this.#floor = setup.bed?.length ? setup.bed : floorNoise(setup.seed);
    this.format = { codec: setup.codec, rate: setup.rate, ptime: ms(FRAME_MS), timing: 'approximate' };
    this.#frame = msToSamples(FRAME_MS, setup.rate);
    this.#lead = msToSamples(setup.lead, setup.rate);
    this.#sampleMs = 1000 / setup.rate;
    this.#handset = new Handset((command) => this.#obey(command));
  }

  get incoming(): AsyncIterable<Incoming> {
    return this.#handset.incoming;
  }

  get firstHeardAt(): Ms | undefined {
    return this.#firstHeardAt;
  }

  get lastHeardAt(): Ms | undefined {
    return this.#lastHeardAt;
  }

  /** The call stands: what is played from now on is sent, what comes is heard. Before it, only the floor leaves. */
  begin(): void {
    this.#outbox ??= new Outbox(this.#floor, this.#frame);
    this.#origin = this.#next ?? 0;
  }

  play(chunks: Chunks, startAt?: Ms): Playing {
    return this.#handset.play(chunks, startAt);
  }

  sendKey(key: Extract<LegCommand, { do: 'key' }>['key']): void {
    this.#handset.sendKey(key);
  }

  notify(notice: Notice): void {
    this.#handset.notify(notice, this.#setup.now());
  }

  deliver(item: Incoming): void {
    this.#handset.deliver(item);
  }

  /** Takes the stack's report; returns what it is to play next. */
  pull({ position, at, missed = [], heard }: Pull): Supply {
    this.#arrivals.push({ index: position, at });
    this.#zero = Math.min(this.#zero, at - position * this.#sampleMs);
    if (missed.length > 0)
      this.#lead = Math.min(this.#lead + 2 * this.#frame, msToSamples(MOST_LEAD_MS, this.#setup.rate));
    if (this.#outbox) {
      this.#missed.push(...missed);
      if (heard) this.#hear(heard.from, heard.samples);
      this.#tellUntil(position);
    }
    return this.#supply(position);
  }

  /** Nothing follows: cuts what is still queued, and binds the books. */
  stop(): Leg {
    for (const over of this.#outbox?.cutAll() ?? []) this.#tell(over);
    this.#tellUntil(Infinity);
    this.#handset.close();
    return legFrom(this.#books().books(this.format));
  }

  #supply(position: number): Supply {
    // Whoever asks for the first time has missed nothing yet.
    const from = this.#next ?? position;
    const frames: Pcm[] = [];
    let next = from;
    for (; next < position + this.#lead; next += this.#frame) frames.push(this.#made(next));
    this.#next = next;
    return { from, samples: joined(frames) };
  }

  #made(position: number): Pcm {
    if (!this.#outbox) return floorAt(this.#floor, position, this.#frame);
    const { mediaIndex, samples, left, over } = this.#outbox.nextFrame();
    this.#sent.push({ position, samples });
    for (const part of left) {
      const first = position + part.mediaIndex - mediaIndex;
      const news: LegNews = { what: 'left', id: part.id, at: this.#timeOf(first), samples: part.samples };
      this.#untold.push({ position: first + part.samples, news });
    }
    for (const each of over) this.#untold.push({ position: position + this.#frame, news: { what: 'over', ...each } });
    return samples;
  }

  #obey(command: LegCommand): void {
    const outbox = this.#outbox;
    if (!outbox) throw new Error('nothing can be played before the call stands');
    switch (command.do) {
      case 'play':
        return outbox.play(command.id, this.#indexAt(command.startAt));
      case 'feed':
        return outbox.feed(command.id, command.samples);
      case 'seal':
        return this.#tell(outbox.seal(command.id));
      case 'cut':
        return this.#tell(outbox.cut(command.id));
      case 'duck':
        return outbox.duck(command.id, command.db);
      case 'key':
        return this.onKey?.(command.key);
    }
  }

  #indexAt(startAt: Ms | undefined): number {
    if (startAt === undefined || this.#zero === Infinity) return this.#outbox?.next ?? 0;
    return Math.round((startAt - this.#zero) / this.#sampleMs) - this.#origin;
  }

  #timeOf(position: number): Ms {
    return ms(this.#zero + position * this.#sampleMs);
  }

  #hear(from: number, samples: Pcm): void {
    const at = this.#setup.now();
    this.#firstHeardAt ??= at;
    this.#lastHeardAt = at;
    const first = this.#heard[0]?.position ?? from;
    const seq = this.#heard.length;
    this.#heard.push({ position: from, samples, at });
    this.#handset.deliver({ kind: 'audio', samples, arrivedAt: at, mediaIndex: from - first, seq, lost: false });
  }

  /** What was handed over before still leaves. */
  #tell(over: Over | undefined): void {
    if (over) this.#untold.push({ position: this.#next ?? 0, news: { what: 'over', ...over } });
  }

  #tellUntil(position: number): void {
    const due = this.#untold.filter((each) => each.position <= position);
    if (due.length === 0) return;
    this.#untold = this.#untold.filter((each) => each.position > position);
    this.#handset.take(due.map(({ news }) => news));
  }

  #books(): Bookkeeper {
    const books = new Bookkeeper();
    if (this.#arrivals.length === 0) return books;
    const map = lowerEnvelope(this.#arrivals, this.#sampleMs);
    const timeOf = (position: number): Ms => after(map.originMs, (position - map.from) * map.msPerSample);
    const last = this.#arrivals.at(-1)?.index ?? 0;
    const sent = this.#sent.filter(({ position }) => position < last);
    sent.forEach(({ position, samples }, seq) => {
      const gone = withoutMissed(position, samples, this.#missed);
      const dueAt = timeOf(position);
      const at = after(dueAt, gone.missing * this.#sampleMs);
      const index = position - this.#origin;
      books.noteSent(packetOf(seq, index), { dueAt, at }, index, { samples: gone.samples, delay: 0 });
    });
    const first = this.#heard[0]?.position ?? 0;
    this.#heard.forEach(({ position, samples }, seq) => {
      const index = position - first;
      const place = { mediaIndex: index, stretch: 0, order: seq };
      books.noteReceived(packetOf(seq, index), timeOf(position), place, { samples, delay: 0 });
    });
    return books;
  }
}

/** What is written down of a packet that nobody saw. */
const packetOf = (seq: number, timestamp: number): RtpPacket => ({
  payloadType: 111,
  marker: seq === 0,
  seq: seq & 0xffff,
  timestamp: timestamp >>> 0,
  ssrc: 1,
  payload: new Uint8Array(0),
});

/** What of a frame really left: silence where it was missed. */
export function withoutMissed(
  position: number,
  samples: Pcm,
  missed: readonly Stretch[],
): { readonly samples: Pcm; readonly missing: number } {
  const end = position + samples.length;
  const inside = missed.filter(({ from, to }) => from < end && to > position);
  if (inside.length === 0) return { samples, missing: 0 };
  const left = samples.slice();
  let missing = 0;
  for (const stretch of inside) {
    const [from, to] = [Math.max(position, stretch.from) - position, Math.min(end, stretch.to) - position];
    left.fill(0, from, to);
    missing += to - from;
  }
  return { samples: left, missing };
}

function joined(parts: readonly Pcm[]): Pcm {
  const all = new Int16Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

const floorAt = (floor: Pcm, from: number, samples: number): Pcm =>
  Int16Array.from({ length: samples }, (_, i) => floor[(from + i) % floor.length] as number);
