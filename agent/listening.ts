import type { Pcm } from '../harness/model/audio.ts';
import { concatPcm } from '../harness/model/audio.ts';
import type { Ear, Heard, Hearing } from '../harness/model/speech.ts';
import type { Clock } from '../harness/model/time.ts';

/** Frames handed to the ear at once: what it costs to ask is paid once for 80 ms. */
const BATCH = 4;
/** Frames kept from before an onset was decided: its soft beginning. */
const PREROLL = 16;
/** Of these, what an overhearing begins with: the noise before would count as words. */
const OVERHEARD_PREROLL = 9;
/** Frames of an overhearing kept for the turn that may come of it. */
const KEPT = 250;
const nothing: Heard = { text: '', garbage: 0 };

/** A dead ear is reported by whoever waits for the turn's last word; a partial that never comes is not news. */
const noWords = (): undefined => undefined;

/** The ear on one call: opened with the last moments' sound, asked for words as they come. */
export class Listening {
  readonly #ear: Ear;
  readonly #clock: Clock;
  readonly #tell: (heard: Heard, final: boolean) => void;
  #recent: Pcm[] = [];
  /** Everything since shortly before an overhearing began. */
  #kept: Pcm[] | undefined;
  #batch: Pcm[] = [];
  #hearing: Hearing | undefined;
  #grammar = '';
  #open = false;
  #doubted = false;
  /** Answers to a turn that is over are nobody's business. */
  #turn = 0;
  /** Answers asked for so far, and the one that was to settle something. */
  #asked = 0;
  #lastWanted = 0;

  constructor(ear: Ear, clock: Clock, tell: (heard: Heard, final: boolean) => void) {
    this.#ear = ear;
    this.#clock = clock;
    this.#tell = tell;
  }

  /** Begins a turn in the grammar `name`, with all that was overheard of it. */
  open(name: string): void {
    this.#begin(name, this.#kept ?? this.#recent);
  }

  /** Listens in the grammar `name` to what may or may not become a turn. */
  overhear(name: string): void {
    this.#begin(name, this.#recent.slice(-OVERHEARD_PREROLL));
    this.#kept = [...this.#recent];
  }

  #begin(name: string, sound: readonly Pcm[]): void {
    this.forget();
    this.#open = true;
    this.#grammar = name;
    this.#hearing = this.#ear.listen(name);
    this.#batch = [...sound];
    this.#flush();
  }

  frame(samples: Pcm): void {
    this.#recent = [...this.#recent.slice(1 - PREROLL), samples];
    if (this.#kept) this.#kept = [...this.#kept.slice(1 - KEPT), samples];
    if (!this.#open) return;
    this.#batch.push(samples);
    if (this.#batch.length >= BATCH) this.#flush();
  }

  /** Asks what was heard so far, now: the turn may go on after it. */
  settle(): void {
    this.#flush();
    this.#lastWanted = this.#asked;
  }

  /** Whatever words are found in this turn, it was not understood. */
  doubt(): void {
    this.#doubted = true;
  }

  /** Ends the turn: everything it said. */
  async finish(): Promise<Heard> {
    if (this.#doubted) {
      this.forget();
      return nothing;
    }
    this.#flush();
    const hearing = this.#hearing;
    this.#close();
    return hearing ? this.#clock.hold(hearing.finish()) : nothing;
  }

  /** Drops the turn. */
  forget(): void {
    this.#hearing?.abandon();
    this.#close();
  }

  #close(): void {
    this.#hearing = undefined;
    this.#open = false;
    this.#doubted = false;
    this.#batch = [];
    this.#kept = undefined;
    this.#turn++;
  }

  #flush(): void {
    if (this.#batch.length === 0) return;
    this.#hearing ??= this.#ear.listen(this.#grammar);
    const turn = this.#turn;
    const number = ++this.#asked;
    const samples = concatPcm(this.#batch);
    this.#batch = [];
    void this.#clock.hold(this.#hearing.push(samples)).then((heard) => {
      if (turn === this.#turn) this.#tell(heard, number === this.#lastWanted);
    }, noWords);
  }
}
