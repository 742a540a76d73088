import { MASTER_RATE } from '../harness/model/audio.ts';
import type { Line } from '../harness/model/line.ts';
import type { Spoken, Voice, VoiceChoice } from '../harness/model/speech.ts';
import { after, samplesToMs } from '../harness/model/time.ts';
import type { Clock, Ms } from '../harness/model/time.ts';
import { AUDIBLE_DEPTH_DB, audibleBounds } from '../harness/speech/dsp/bounds.ts';
import { speechLevel } from '../harness/speech/dsp/level.ts';
import { resample } from '../harness/speech/dsp/resample.ts';
import { toFloats, toPcm } from '../harness/speech/dsp/samples.ts';
import { Utterance } from './utterance.ts';
import type { Clause } from './utterance.ts';
import type { Words } from './words.ts';

/** Text as the pieces it is spoken in: the first can be heard while the rest is made. */
export function clauses(text: string): readonly string[] {
  return text.match(/[^,.?!]+[,.?!]*\s*/g)?.map((clause) => clause.trim()) ?? [];
}

/** Silence after a clause's last mark. */
const pauseMs = (clause: string): number => (clause.endsWith(',') ? 60 : 120);

/** Clauses kept of a voice, some 60 MB: a model that leads the talk never runs out of new ones. */
const MOST_CLAUSES = 2000;

/** Clauses made so far, by voice: a phrase is made once, whoever calls. */
const books = new WeakMap<Voice, Map<string, Promise<Clause>>>();

function bookOf(voice: Voice): Map<string, Promise<Clause>> {
  const book = books.get(voice) ?? new Map<string, Promise<Clause>>();
  books.set(voice, book);
  return book;
}

/** How late the first sound of what a mouth says for the `nth` time is, ms: as late as with a slower voice. */
export type Lateness = (nth: number) => number;

/** Speaks on one line, clause by clause, and knows which words got out. */
export class Mouth {
  readonly #voice: Voice;
  readonly #choice: VoiceChoice;
  readonly #clock: Clock;
  readonly #rate: number;
  readonly #book: Map<string, Promise<Clause>>;
  readonly #lateness: Lateness;
  #said = 0;

  constructor(voice: Voice, choice: VoiceChoice, clock: Clock, rate: number, lateness: Lateness = () => 0) {
    this.#voice = voice;
    this.#choice = choice;
    this.#clock = clock;
    this.#rate = rate;
    this.#book = bookOf(voice);
    this.#lateness = lateness;
  }

  /** Makes `text` now, so that it can be said at once later. */
  async warm(text: string): Promise<void> {
    await Promise.all(clauses(text).map((clause) => this.#make(clause)));
  }

  /** Begins to say `words` on `line`. */
  say(line: Line, words: Words): Utterance {
    const from = after(this.#clock.now(), this.#lateness(++this.#said));
    return new Utterance(line, words, () => this.#speech(words, from));
  }

  async *#speech(words: Words, from: Ms): AsyncGenerator<Clause> {
    if (this.#clock.now() < from) await this.#clock.sleepUntil(from);
    for await (const piece of words.pieces()) {
      for (const clause of clauses(piece)) yield await this.#make(clause);
    }
  }

  #make(clause: string): Promise<Clause> {
    const { engine, name, rate } = this.#choice;
    const key = [engine, name, rate, this.#rate, clause].join('|');
    const made = this.#book.get(key) ?? this.#speak(clause);
    // Put behind all others: the first is the one that was not said for longest.
    this.#book.delete(key);
    this.#book.set(key, made);
    const [oldest] = this.#book.keys();
    if (this.#book.size > MOST_CLAUSES && oldest !== undefined) this.#book.delete(oldest);
    made.catch(() => this.#book.delete(key));
    return this.#clock.hold(made);
  }

  #speak(clause: string): Promise<Clause> {
    return speakClause(this.#voice, this.#choice, clause, this.#rate);
  }
}

/** One clause as it goes to a line of `rate` Hz, with the silence that follows it. */
export async function speakClause(voice: Voice, choice: VoiceChoice, clause: string, rate: number): Promise<Clause> {
  return atRate(await voice.speak(clause, choice), rate, pauseMs(clause));
}

/** From its first sample to its first audible one, ms. */
function leadOf(samples: Float32Array, rate: number): number {
  const { activeDb } = speechLevel(samples, rate);
  return samplesToMs(audibleBounds(samples, rate, activeDb - AUDIBLE_DEPTH_DB)?.onset ?? 0, rate);
}

function atRate(spoken: Spoken, rate: number, pause: number): Clause {
  const sound = resample(toFloats(spoken.samples), MASTER_RATE, rate);
  const samples = toPcm(sound);
  const padded = new Int16Array(samples.length + Math.round((pause * rate) / 1000));
  padded.set(samples);
  return { samples: padded, words: spoken.words, leadMs: leadOf(sound, rate) };
}
