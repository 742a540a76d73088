import type { Chunks, DtmfKey, Incoming, Notice, Playing } from '../model/line.ts';
import type { Ms } from '../model/time.ts';
import { PlayingBook } from './playing-book.ts';
import { Queue } from './queue.ts';
import type { LegCommand, LegNews } from './rtp-leg.ts';

/**
 * The talking side of a leg, wherever the leg itself runs: `play`, `sendKey` and `incoming` of a Line,
 * turned into commands to the leg and fed by its news.
 */
export class Handset {
  readonly #send: (command: LegCommand) => void;
  readonly #playings = new Map<number, PlayingBook>();
  readonly #incoming = new Queue<Incoming>();
  #nextId = 1;
  #closed = false;

  constructor(send: (command: LegCommand) => void) {
    this.#send = send;
  }

  /** One reader; ends after `close`. */
  get incoming(): AsyncIterable<Incoming> {
    return this.#incoming;
  }

  play(chunks: Chunks, startAt?: Ms): Playing {
    const id = this.#nextId++;
    const book = new PlayingBook({
      cut: () => this.#tell({ do: 'cut', id }),
      duck: (db) => this.#tell({ do: 'duck', id, db }),
      feed: (samples) => this.#tell({ do: 'feed', id, samples }),
      seal: () => this.#tell({ do: 'seal', id }),
    });
    if (this.#closed) book.over({ samples: 0, cut: true });
    else {
      this.#playings.set(id, book);
      this.#tell({ do: 'play', id, startAt });
      book.pour(chunks);
    }
    return book.playing;
  }

  sendKey(key: DtmfKey): void {
    this.#tell({ do: 'key', key });
  }

  /** Puts signalling among the media, in order of arrival. */
  notify(notice: Notice, arrivedAt: Ms): void {
    this.deliver({ kind: 'notice', arrivedAt, notice });
  }

  /** Puts what came by another way among the media, in order of arrival. */
  deliver(item: Incoming): void {
    this.#incoming.push(item);
  }

  take(news: readonly LegNews[]): void {
    for (const piece of news) {
      if (piece.what === 'heard') this.#incoming.push(piece.item);
      else if (piece.what === 'left') this.#playings.get(piece.id)?.left(piece.at, piece.samples);
      else if (piece.what === 'over') {
        this.#playings.get(piece.id)?.over(piece);
        this.#playings.delete(piece.id);
      }
    }
  }

  /** The leg is gone: what was still playing is over, the reader of `incoming` comes to its end. Safe to call twice. */
  close(): void {
    this.#closed = true;
    for (const book of this.#playings.values()) book.abandon();
    this.#playings.clear();
    this.#incoming.end();
  }

  #tell(command: LegCommand): void {
    if (!this.#closed) this.#send(command);
  }
}
