import { CallFault } from '../model/errors.ts';
import type { Chunks, DtmfKey, Incoming, Leg, Notice, Playing } from '../model/line.ts';
import { type Ms, ms } from '../model/time.ts';
import { Bookkeeper, type LegBooks } from './books.ts';
import { Handset } from './handset.ts';
import { legFrom } from './leg-from.ts';
import type { FromWorker, Remote, Road, ToWorker } from './mail.ts';
import type { LegNews, LegSetup } from './rtp-leg.ts';

/** A call's media in the media thread, seen from the main one. */
export class MediaLeg {
  readonly #id: number;
  readonly #post: (mail: ToWorker) => void;
  readonly #handset: Handset;
  readonly #opened = Promise.withResolvers<void>();
  readonly #stopped = Promise.withResolvers<Leg>();
  #localPort = 0;
  #stopping = false;
  #firstHeardAt: Ms | undefined;
  #lastHeardAt: Ms | undefined;
  #ignored: number | undefined;
  #isUnreadable = false;
  /** Told what only this leg's kind of port has to say. */
  onWireNews: ((news: object) => void) | undefined;

  constructor(id: number, post: (mail: ToWorker) => void) {
    this.#id = id;
    this.#post = post;
    this.#handset = new Handset((command) => post({ kind: 'command', leg: id, command }));
  }

  /** Resolves when the port is bound; rejects with CallFault when it cannot be. */
  get opened(): Promise<void> {
    return this.#opened.promise;
  }

  /** Resolves with the books once the leg has stopped. */
  get closed(): Promise<Leg> {
    return this.#stopped.promise;
  }

  get localPort(): number {
    return this.#localPort;
  }

  /** When the first and the latest audio packet arrived; undefined as long as none has. */
  get firstHeardAt(): Ms | undefined {
    return this.#firstHeardAt;
  }

  get lastHeardAt(): Ms | undefined {
    return this.#lastHeardAt;
  }

  /** Something came in that the key agreed on does not open. */
  get isUnreadable(): boolean {
    return this.#isUnreadable;
  }

  /** A payload type that came in though nobody agreed on it. */
  get ignoredPayloadType(): number | undefined {
    return this.#ignored;
  }

  /** What comes in, signalling by `notify` among it. One reader; ends when the leg has stopped. */
  get incoming(): AsyncIterable<Incoming> {
    return this.#handset.incoming;
  }

  /** Begins to send and to hear. What is played must come after it. */
  start(setup: LegSetup, remote: Remote, road: Omit<Road, 'remote'> = plainRoad(setup)): void {
    this.#post({ kind: 'start', leg: this.#id, setup, road: { remote, ...road } });
  }

  /** Sends elsewhere from the next packet on (a re-INVITE moved the media). */
  setRemote(remote: Remote): void {
    this.#post({ kind: 'remote', leg: this.#id, remote });
  }

  /** Asks the port for what only its kind understands. */
  orderWire(order: object): void {
    this.#post({ kind: 'wire', leg: this.#id, order });
  }

  play(chunks: Chunks, startAt?: Ms): Playing {
    return this.#handset.play(chunks, startAt);
  }

  sendKey(key: DtmfKey): void {
    this.#handset.sendKey(key);
  }

  notify(notice: Notice, arrivedAt: Ms): void {
    this.#handset.notify(notice, arrivedAt);
  }

  /** Puts what came by another way among the media. */
  deliver(item: Incoming): void {
    this.#handset.deliver(item);
  }

  /** Stops the media, frees the port, and binds the books. Safe to call twice. */
  stop(): Promise<Leg> {
    if (!this.#stopping) this.#post({ kind: 'stop', leg: this.#id });
    this.#stopping = true;
    return this.#stopped.promise;
  }

  /** News of the leg, from the media thread. */
  take(news: readonly LegNews[]): void {
    for (const piece of news) {
      if (piece.what === 'ignored') this.#ignored = piece.payloadType;
      if (piece.what === 'unreadable') this.#isUnreadable = true;
      if (piece.what !== 'heard' || piece.item.kind !== 'audio' || piece.item.lost) continue;
      this.#firstHeardAt ??= piece.item.arrivedAt;
      this.#lastHeardAt = piece.item.arrivedAt;
    }
    this.#handset.take(news);
  }

  /** Answers of the media thread. */
  receive(mail: Exclude<FromWorker, { kind: 'news' | 'ready' }>): void {
    if (mail.kind === 'opened') {
      this.#localPort = mail.port;
      this.#opened.resolve();
    } else if (mail.kind === 'failed') {
      this.#opened.reject(new CallFault('no-port', `no port for the call's media: ${mail.why}`));
      this.#finish(undefined);
    } else if (mail.kind === 'wire') this.onWireNews?.(mail.news);
    else this.#finish(mail.books);
  }

  /** The media thread is gone. */
  lose(): void {
    this.#opened.reject(new CallFault('media-thread', 'the media thread ended before the call did'));
    this.#finish(undefined);
  }

  #finish(books: LegBooks | undefined): void {
    this.#handset.close();
    this.#stopped.resolve(legFrom(books ?? NOTHING));
  }
}

const plainRoad = ({ seed }: LegSetup): Omit<Road, 'remote'> => ({ impairment: { loss: 0, seed } });

/** The books of a leg that never started. */
const NOTHING: LegBooks = new Bookkeeper().books({ codec: 'PCMU', rate: 8_000, ptime: ms(20), timing: 'exact' });
