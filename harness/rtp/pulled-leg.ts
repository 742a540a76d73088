import type { Pcm } from '../model/audio.ts';
import type { Chunks, Codec, Incoming, Leg, LineFormat, Notice, Playing } from '../model/line.ts';
import { after, ms, msToSamples, type Ms } from '../model/time.ts';
import { Bookkeeper } from './books.ts';
import { FRAME_MS } from './codec.ts';
import { lowerEnvelope, type Arrival } from './envelope.ts';
import { floorNoise } from './floor.ts';
import { Handset } from './handset.ts';
import { legFrom } from './leg-from.ts';
import { Sheet } from './sheet.ts';
import type { RtpPacket } from './packet.ts';
import type { LegCommand, LegNews } from './rtp-leg.ts';

/** What a leg is told that somebody else's stack paces. */
export interface PulledSetup {
  /** What the stack codes with, as far as is known. */
  readonly codec: Codec;
  readonly rate: number;
  readonly seed: number;
  readonly bed?: Pcm | undefined;
  now(): Ms;
}

/** How far ahead of what has left audio is handed over: for so long nobody need be awake here, ms. */
const LEAD_MS = 1_000;

/** What is to leave within this is changed no more: the way to the stack takes a while. The least a cut takes, ms. */
const FIXED_MS = 60;

/** What the stack says about once a frame. Positions are samples of its own sample clock, at the leg's rate. */
export interface Pull {
  /** Everything before it has left, or was missed. */
  readonly position: number;
  /** When it was there, on the call's clock; may be later than it was, never sooner. */
  readonly at: Ms;
  /** Stretches for which it had no audio when their time came: silence left instead. */
  readonly missed?: readonly Stretch[];
  /** Stretches that were changed too late: what had been handed over before left. */
  readonly stale?: readonly Stretch[];
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
  readonly #lead: number;
  readonly #fixed: number;
  readonly #sampleMs: number;
  readonly #handset: Handset;
  readonly #arrivals: Arrival[] = [];
  readonly #sent: Sent[] = [];
  readonly #missed: Stretch[] = [];
  readonly #heard: { readonly position: number; readonly samples: Pcm; readonly at: Ms }[] = [];
  /** What is told once the stack is past its position. */
  #untold: { readonly position: number; readonly news: LegNews }[] = [];
  readonly #stale: Stretch[] = [];
  readonly #sheet: Sheet;
  /** What was asked since the last report: it takes hold with the next. */
  #asked: LegCommand[] = [];
  #begun = false;
  #origin = 0;
  /** What is before it is changed no more, and what is before `#handed` was handed over. */
  #next: number | undefined;
  #handed = 0;
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
    this.#lead = msToSamples(LEAD_MS, setup.rate);
    this.#fixed = msToSamples(FIXED_MS, setup.rate);
    this.#sheet = new Sheet(this.#floor);
    this.#sampleMs = 1000 / setup.rate;
    this.#handset = new Handset((command) => void this.#asked.push(command));
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
    this.#begun = true;
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

  /** Takes the stack's report; returns what it is to play next, in place of what it may have been told of that. */
  pull({ position, at, missed = [], stale = [], heard }: Pull): Supply {
    this.#arrivals.push({ index: position, at });
    this.#zero = Math.min(this.#zero, at - position * this.#sampleMs);
    this.#fix(position);
    if (this.#begun) {
      this.#missed.push(...missed);
      this.#stale.push(...stale);
      if (heard) this.#hear(heard.from, heard.samples);
      this.#tellUntil(position);
    }
    return this.#supply(position);
  }

  /** Nothing follows: cuts what is still queued, and binds the books. */
  stop(): Leg {
    this.#tellUntil(Infinity);
    this.#handset.take(this.#sheet.end().map((over) => ({ what: 'over', ...over })));
    this.#handset.close();
    return legFrom(this.#books().books(this.format));
  }

  /** Frames that are about to leave are changed no more: they leave as they were handed over. */
  #fix(position: number): void {
    this.#next ??= position;
    for (; this.#next < position + this.#fixed; this.#next += this.#frame) {
      const [from, to] = [this.#next, this.#next + this.#frame];
      // Whoever hears of the call's beginning later than this has been sent the floor.
      if (!this.#begun) continue;
      this.#sent.push({ position: from, samples: this.#sheet.between(from, to) });
      const { left, over } = this.#sheet.leave(from, to);
      for (const { id, mediaIndex, samples } of left) {
        const news: LegNews = { what: 'left', id, at: this.#timeOf(mediaIndex), samples };
        this.#untold.push({ position: mediaIndex + samples, news });
      }
      for (const each of over) this.#untold.push({ position: to, news: { what: 'over', ...each } });
    }
  }

  #supply(position: number): Supply {
    const next = this.#next ?? position;
    for (const command of this.#asked) this.#obey(command, next);
    const from = this.#asked.length > 0 || this.#handed === 0 ? next : Math.max(next, this.#handed);
    this.#asked = [];
    this.#handed = Math.max(from, position + this.#lead);
    return { from, samples: this.#sheet.between(from, this.#handed) };
  }

  #obey(command: LegCommand, next: number): void {
    switch (command.do) {
      case 'play':
        return this.#sheet.play(command.id, this.#placeOf(command.startAt, next), next);
      case 'feed':
        return this.#sheet.feed(command.id, command.samples, next);
      case 'seal':
        return this.#sheet.seal(command.id);
      case 'cut':
        return this.#sheet.cut(command.id, next);
      case 'duck':
        return this.#sheet.duck(command.id, command.db, next);
      case 'key':
        return this.onKey?.(command.key);
    }
  }

  #placeOf(startAt: Ms | undefined, next: number): number {
    return startAt === undefined ? next : Math.round((startAt - this.#zero) / this.#sampleMs);
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
      const wrong = gone.missing + withoutMissed(position, samples, this.#stale).missing;
      const at = after(dueAt, wrong * this.#sampleMs);
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
