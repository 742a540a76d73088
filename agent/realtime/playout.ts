import type { Pcm } from '../../harness/model/audio.ts';
import type { Line } from '../../harness/model/line.ts';
import { samplesToMs } from '../../harness/model/time.ts';
import type { Ms } from '../../harness/model/time.ts';
import { Utterance } from '../utterance.ts';
import type { Clause, Uttered } from '../utterance.ts';
import { plain, wordsIn } from '../words.ts';

/** What was played of an item. */
export interface PlayedItem {
  readonly id: string;
  readonly playedMs: number;
  /** Its words in proportion to that: a session does not tell when each of them sounds. */
  readonly heard: string;
  readonly whole: boolean;
  readonly startedAt: Ms | undefined;
  readonly endedAt: Ms | undefined;
}

/** An item's sound as it comes in. */
class Coming {
  readonly id: string;
  text = '';
  samples = 0;
  #pieces: readonly Pcm[] = [];
  #ended = false;
  #changed = Promise.withResolvers<void>();

  constructor(id: string) {
    this.id = id;
  }

  add(piece: Pcm): void {
    this.#pieces = [...this.#pieces, piece];
    this.samples += piece.length;
    this.#change();
  }

  end(): void {
    this.#ended = true;
    this.#change();
  }

  async *clauses(): AsyncGenerator<Clause> {
    for (let at = 0; ; at++) {
      while (at >= this.#pieces.length) {
        if (this.#ended) return;
        await this.#changed.promise;
      }
      yield { samples: this.#pieces[at] ?? new Int16Array(), words: [], leadMs: 0 };
    }
  }

  #change(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }
}

/** Plays what a session says, item after item, though it comes faster than it can be said; and knows what was heard. */
export class Playout {
  readonly #line: Line;
  readonly #tell: (item: PlayedItem) => void;
  #queue: readonly Coming[] = [];
  #now: { readonly item: Coming; readonly utterance: Utterance } | undefined;
  /** Items that were cut off: what still comes of them is not wanted. */
  readonly #dropped = new Set<string>();
  /** While anything is being said. */
  #idle: PromiseWithResolvers<void> | undefined;

  /** `tell` learns what was played of each item, once it is over. */
  constructor(line: Line, tell: (item: PlayedItem) => void) {
    this.#line = line;
    this.#tell = tell;
  }

  /** Something is being said, or waits to be. */
  get sounding(): boolean {
    return this.#now !== undefined;
  }

  /** When the first sample of what is being said left; undefined when none did. */
  get started(): Promise<Ms | undefined> {
    return this.#now?.utterance.started ?? Promise.resolve(undefined);
  }

  /** Resolves when there is nothing left to say. */
  async over(): Promise<void> {
    await this.#idle?.promise;
  }

  add(id: string, piece: Pcm): void {
    this.#itemOf(id)?.add(piece);
    this.#next();
  }

  write(id: string, words: string): void {
    const item = this.#itemOf(id);
    if (item) item.text += words;
  }

  /** All of it has come. */
  end(id: string): void {
    this.#known(id)?.end();
  }

  /** No more will come of anything. */
  endAll(): void {
    this.#now?.item.end();
    for (const item of this.#queue) item.end();
  }

  /** Falls silent within a frame, to go on or to stop. */
  hold(): void {
    this.#now?.utterance.hold();
  }

  goOn(): void {
    this.#now?.utterance.goOn();
  }

  /** Says no more of anything that has come. */
  stop(): void {
    const waiting = this.#queue;
    this.#queue = [];
    for (const item of waiting) {
      this.#dropped.add(item.id);
      this.#tell({ ...NOTHING, id: item.id });
    }
    if (!this.#now) return;
    this.#dropped.add(this.#now.item.id);
    this.#now.utterance.stop();
  }

  #known(id: string): Coming | undefined {
    return this.#now?.item.id === id ? this.#now.item : this.#queue.find((item) => item.id === id);
  }

  #itemOf(id: string): Coming | undefined {
    if (this.#dropped.has(id)) return undefined;
    const known = this.#known(id);
    if (known) return known;
    const item = new Coming(id);
    this.#queue = [...this.#queue, item];
    return item;
  }

  #next(): void {
    const [item, ...rest] = this.#queue;
    if (this.#now || !item || item.samples === 0) return;
    this.#queue = rest;
    const utterance = new Utterance(this.#line, plain(''), () => item.clauses());
    this.#idle ??= Promise.withResolvers();
    this.#now = { item, utterance };
    void utterance.over.then((uttered) => this.#finish(item, uttered));
  }

  #finish(item: Coming, { samples, startedAt, endedAt, cut }: Uttered): void {
    this.#dropped.add(item.id);
    const share = item.samples === 0 ? 0 : Math.min(1, samples / item.samples);
    const words = wordsIn(item.text);
    this.#tell({
      id: item.id,
      playedMs: Math.floor(samplesToMs(samples, this.#line.format.rate)),
      heard: words.slice(0, cut ? Math.round(words.length * share) : words.length).join(' '),
      whole: !cut,
      startedAt,
      endedAt,
    });
    this.#now = undefined;
    this.#next();
    if (this.sounding) return;
    this.#idle?.resolve();
    this.#idle = undefined;
  }
}

const NOTHING = { playedMs: 0, heard: '', whole: false, startedAt: undefined, endedAt: undefined };
