import { concatPcm } from '../model/audio.ts';
import type { Pcm } from '../model/audio.ts';
import type { Ear, Heard, Hearing } from '../model/speech.ts';
import { rmsDb } from './dsp/level.ts';
import { toFloats } from './dsp/samples.ts';

/** One reading of all that was said so far. */
export interface Reading {
  readonly samples: Pcm;
  /** The state that was listened in: the name of its grammar. */
  readonly state: string;
  /** A partial reading is one of many, and may be let go; the final one is what counts. */
  readonly of: 'partial' | 'final';
  readonly signal: AbortSignal;
}

/** An engine that reads a stretch of speech as a whole, and may be asked again as it grows. */
export interface Reader {
  /** Hz of the samples it takes. */
  readonly rate: number;
  /** The words in it, as `spokenWords` gives them. */
  read(reading: Reading): Promise<string>;
  /** One line for the record. */
  troubleOf(error: unknown): string;
  close(): Promise<void>;
}

/** A partial reading waits for so much new sound, ms ... */
const STEP_MS = 480;
/** ... and for this share of all of it: what a turn costs grows with its length, not with the square of it. */
const STEP_SHARE = 0.2;
/** After so much silence behind new speech there is no point in waiting for more of it, ms. */
const PAUSE_MS = 120;
/** No word is as soft, dBov; the floor that a line always sends is. */
const QUIET_DB = -60;
const nothing: Heard = { text: '', garbage: 0 };

/**
 * An ear made of an engine that hears whole stretches: what is said so far is read again as it grows, never twice at a
 * time; sound that came meanwhile goes into the next reading. At the end it is read once more, unless only silence came
 * since. Trouble is no words: the caller is asked to say it again, and `Heard.trouble` says why.
 */
export function growingEar(reader: Reader): Ear {
  const open = new Set<Hearing>();
  return {
    rate: reader.rate,
    // Any words may be heard; what a grammar is called goes along with each reading.
    prepare: async () => undefined,
    listen: (state) => {
      const hearing = openHearing(reader, state, () => open.delete(hearing));
      open.add(hearing);
      return hearing;
    },
    close: async () => {
      for (const hearing of open) hearing.abandon();
      await reader.close();
    },
  };
}

function openHearing(reader: Reader, state: string, over: () => void): Hearing {
  const stop = new AbortController();
  const partial = new AbortController();
  const sound = new Sound(reader.rate);
  let known = nothing;
  let last: Promise<unknown> = Promise.resolve();
  let ended = false;
  const begun = async (): Promise<void> => {
    if (ended) throw new Error('this utterance is over; listen() begins another');
  };
  const end = (): void => {
    if (!ended) over();
    ended = true;
  };
  const read = async (of: Reading['of'], { signal }: AbortController): Promise<Heard> => {
    const { samples, settle } = sound.begin();
    try {
      const text = await reader.read({ samples, state, of, signal });
      settle();
      return { text, garbage: 0 };
    } catch (error) {
      // A partial that failed leaves what was known: the final reading tells whether it was more than a moment's trouble.
      return of === 'partial' ? known : { ...nothing, trouble: reader.troubleOf(error) };
    }
  };
  return {
    push: async (samples) => {
      await begun();
      sound.add(samples);
      const answer = last.then(async () => {
        if (!ended && sound.isDue()) known = await read('partial', partial);
        return known;
      });
      last = answer;
      return answer;
    },
    finish: async () => {
      await begun();
      end();
      // A reading under way that holds every sound is the last one; any other would only be in the way.
      if (sound.hasMore()) partial.abort();
      await last;
      return sound.hasNews() ? read('final', stop) : known;
    },
    abandon: () => {
      end();
      partial.abort();
      stop.abort();
    },
  };
}

/** What was said so far, and whether a look at it is due. All positions in samples from its begin. */
class Sound {
  readonly #rate: number;
  readonly #pieces: Pcm[] = [];
  #total = 0;
  /** Where the last sound ends that was no silence. */
  #loudUntil = 0;
  /** So far the reading went that was begun last ... */
  #begun = 0;
  /** ... and the one that succeeded last. */
  #settled = 0;

  constructor(rate: number) {
    this.#rate = rate;
  }

  add(samples: Pcm): void {
    this.#pieces.push(samples);
    this.#total += samples.length;
    if (rmsDb(toFloats(samples)) >= QUIET_DB) this.#loudUntil = this.#total;
  }

  /** Whether there is sound that no reading holds. */
  hasMore(): boolean {
    return this.#loudUntil > this.#begun;
  }

  /** Whether there is sound that was in no reading that succeeded. */
  hasNews(): boolean {
    return this.#loudUntil > this.#settled;
  }

  isDue(): boolean {
    const step = Math.max((STEP_MS * this.#rate) / 1000, STEP_SHARE * this.#total);
    const pause = (PAUSE_MS * this.#rate) / 1000;
    return this.hasMore() && (this.#total - this.#begun >= step || this.#total - this.#loudUntil >= pause);
  }

  /** All of it, for a reading that begins now; `settle` when it succeeded. */
  begin(): { readonly samples: Pcm; readonly settle: () => void } {
    const until = this.#total;
    this.#begun = until;
    return { samples: concatPcm(this.#pieces), settle: () => (this.#settled = Math.max(this.#settled, until)) };
  }
}
