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

const together = (heard: readonly Heard[]): Heard => ({
  text: heard
    .map(({ text }) => text.trim())
    .filter((text) => text !== '')
    .join(' '),
  garbage: heard.at(-1)?.garbage ?? 0,
});

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
  /** Parts of the turn that were settled before it went on. */
  #settled: Heard[] = [];
  /** Answers to a turn that is over are nobody's business. */
  #turn = 0;

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

  /** Asks for the last word on what was heard so far; the turn may go on after it. */
  settle(): void {
    const turn = this.#turn;
    void this.#finish().then((heard) => {
      if (turn === this.#turn) this.#tell(heard, true);
    }, noWords);
  }

  /** Ends the turn: everything it said. */
  async finish(): Promise<Heard> {
    const heard = await this.#finish();
    this.#close();
    return heard;
  }

  /** Drops the turn. */
  forget(): void {
    this.#hearing?.abandon();
    this.#close();
  }

  #close(): void {
    this.#hearing = undefined;
    this.#open = false;
    this.#batch = [];
    this.#kept = undefined;
    this.#settled = [];
    this.#turn++;
  }

  #flush(): void {
    if (this.#batch.length === 0) return;
    this.#hearing ??= this.#ear.listen(this.#grammar);
    const turn = this.#turn;
    const hearing = this.#hearing;
    const samples = concatPcm(this.#batch);
    this.#batch = [];
    void this.#clock.hold(hearing.push(samples)).then((heard) => {
      const current = turn === this.#turn && hearing === this.#hearing;
      if (current) this.#tell(together([...this.#settled, heard]), false);
    }, noWords);
  }

  async #finish(): Promise<Heard> {
    this.#flush();
    const hearing = this.#hearing;
    this.#hearing = undefined;
    const turn = this.#turn;
    const heard = hearing ? await this.#clock.hold(hearing.finish()) : nothing;
    const all = [...this.#settled, heard];
    if (turn === this.#turn) this.#settled = all;
    return together(all);
  }
}
