import type { Pcm, WordTime } from '../harness/model/audio.ts';
import type { Line, Played, Playing } from '../harness/model/line.ts';
import { after, msToSamples, samplesToMs } from '../harness/model/time.ts';
import type { Ms } from '../harness/model/time.ts';
import type { Words } from './words.ts';

/** A clause ready for the line. */
export interface Clause {
  readonly samples: Pcm;
  readonly words: readonly WordTime[];
  /** What of its beginning is too soft to be heard, ms. */
  readonly leadMs: number;
}

/** Words as their clauses, in order; making one again costs nothing. */
export type Speech = () => AsyncIterable<Clause>;

/** What became of an utterance. */
export interface Uttered {
  readonly text: string;
  /** Words whose audio was played. */
  readonly heard: string;
  /** Samples of the whole that were played; what was said again after a pause counts once. */
  readonly samples: number;
  readonly startedAt: Ms | undefined;
  /** When the last sample of it had left. */
  readonly endedAt: Ms | undefined;
  readonly cut: boolean;
}

/** A word cut in this much of its end counts as heard, ms. */
const NEARLY_MS = 80;

/**
 * Something being said on a line. Held, it is silent at once and nothing of it is lost: it goes on with the word it was
 * held in.
 */
export class Utterance {
  readonly words: Words;
  /** When its first sample left; undefined if none did. */
  readonly started: Promise<Ms | undefined>;
  /** Resolves once, when all of it was said or it was stopped. */
  readonly over: Promise<Uttered>;
  readonly #line: Line;
  readonly #speech: Speech;
  readonly #end = Promise.withResolvers<Uttered>();
  readonly #made: Clause[] = [];
  #playing: Playing;
  /** Samples of the whole that come before `#playing`. */
  #before = 0;
  #startedAt: Ms | undefined;
  #state: 'speaking' | 'held' | 'stopped' = 'speaking';
  /** The playing we cut ourselves; any other that was cut ended with its line. */
  #cut: Playing | undefined;

  constructor(line: Line, words: Words, speech: Speech) {
    this.words = words;
    this.#line = line;
    this.#speech = speech;
    this.over = this.#end.promise;
    this.#playing = this.#play();
    this.started = this.#playing.started;
    void this.started.then((at) => (this.#startedAt = at));
    void line.ended.then(() => this.stop());
  }

  /** What of its beginning is too soft to be heard, ms; known once it has started. */
  get leadMs(): number {
    return this.#made[0]?.leadMs ?? 0;
  }

  /** Falls silent within a frame, to be gone on with or stopped. */
  hold(): void {
    if (this.#state !== 'speaking') return;
    this.#state = 'held';
    this.#fallSilent();
  }

  /** Goes on with the word it was held in. */
  goOn(): void {
    if (this.#state !== 'held') return;
    this.#state = 'speaking';
    void this.#resume(this.#playing);
  }

  /** Says no more. */
  stop(): void {
    this.#state = 'stopped';
    this.#fallSilent();
    void this.#playing.done.then((played) => this.#finish(played));
  }

  #fallSilent(): void {
    this.#cut = this.#playing;
    void this.#playing.cut();
  }

  async #resume(held: Playing): Promise<void> {
    const played = await held.done;
    if (!played.cut || held !== this.#playing || this.#state !== 'speaking') return;
    this.#before = this.#wordAt(this.#before + played.samples);
    this.#playing = this.#play();
  }

  #play(): Playing {
    const playing = this.#line.play(this.#samplesFrom(this.#before));
    void playing.done.then((played) => {
      if (!played.cut || this.#cut !== playing) this.#finish(played);
    });
    return playing;
  }

  async *#samplesFrom(from: number): AsyncGenerator<Pcm> {
    let at = 0;
    let index = 0;
    for await (const clause of this.#speech()) {
      this.#made[index++] = clause;
      const skip = Math.max(0, from - at);
      if (skip < clause.samples.length) yield clause.samples.subarray(skip);
      at += clause.samples.length;
    }
  }

  /** Words and where they lie, in samples of the whole. */
  #placed(): readonly { readonly word: string; readonly start: number; readonly end: number }[] {
    const { rate } = this.#line.format;
    let before = 0;
    return this.#made.flatMap(({ words, samples }) => {
      const at = before;
      before += samples.length;
      return words.map(({ word, start, end }) => ({
        word,
        start: at + msToSamples(start, rate),
        end: at + msToSamples(end, rate),
      }));
    });
  }

  /** The first sample of the word that sample `at` lies in or before: a pause between two words was made by then. */
  #wordAt(at: number): number {
    return this.#placed().find(({ end }) => at < end)?.start ?? at;
  }

  #finish(played: Played): void {
    const spoken = this.#before + played.samples + msToSamples(NEARLY_MS, this.#line.format.rate);
    const heard = this.#placed().flatMap(({ word, end }) => (end <= spoken ? [word] : []));
    this.#end.resolve({
      text: this.words.text,
      heard: played.cut ? heard.join(' ') : this.words.text,
      samples: this.#before + played.samples,
      startedAt: this.#startedAt,
      endedAt: played.startedAt && after(played.startedAt, samplesToMs(played.samples, this.#line.format.rate)),
      cut: played.cut,
    });
  }
}
