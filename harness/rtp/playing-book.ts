import type { Pcm } from '../model/audio.ts';
import type { Chunks, Played, Playing } from '../model/line.ts';
import type { Ms } from '../model/time.ts';

/** What a playing asks of its leg. */
export interface Deck {
  cut(): void;
  duck(db: number): void;
  feed(samples: Pcm): void;
  seal(): void;
}

/** Keeps one playing's promises. */
export class PlayingBook {
  readonly #deck: Deck;
  readonly #started = Promise.withResolvers<Ms | undefined>();
  readonly #done = Promise.withResolvers<Played>();
  #startedAt: Ms | undefined;
  #sent = 0;
  #over = false;

  constructor(deck: Deck) {
    this.#deck = deck;
  }

  get playing(): Playing {
    const sent = (): number => this.#sent;
    return {
      cut: () => this.#cut(),
      duck: (db) => this.#deck.duck(db),
      get sent() {
        return sent();
      },
      started: this.#started.promise,
      done: this.#done.promise,
    };
  }

  /** Feeds the leg until the chunks end or the playing is over. An error of the source cuts it and rejects `done`. */
  pour(chunks: Chunks): void {
    if (Symbol.asyncIterator in chunks) {
      this.#pourLive(chunks).catch((reason: unknown) => this.#fail(reason));
      return;
    }
    for (const chunk of chunks) this.#deck.feed(chunk);
    this.#deck.seal();
  }

  left(at: Ms, samples: number): void {
    this.#sent += samples;
    if (this.#startedAt !== undefined) return;
    this.#startedAt = at;
    this.#started.resolve(at);
  }

  over({ samples, cut }: { readonly samples: number; readonly cut: boolean }): void {
    this.#over = true;
    this.#sent = samples;
    this.#started.resolve(undefined);
    this.#done.resolve({ startedAt: this.#startedAt, samples, cut });
  }

  /** The leg is gone and has said nothing about it. */
  abandon(): void {
    this.over({ samples: this.#sent, cut: true });
  }

  async #cut(): Promise<number> {
    if (!this.#over) this.#deck.cut();
    return (await this.#done.promise).samples;
  }

  async #pourLive(chunks: AsyncIterable<Pcm>): Promise<void> {
    for await (const chunk of chunks) {
      if (this.#over) return;
      this.#deck.feed(chunk);
    }
    this.#deck.seal();
  }

  #fail(reason: unknown): void {
    this.#done.reject(reason);
    this.#deck.cut();
  }
}
