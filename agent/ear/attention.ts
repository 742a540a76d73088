import type { Pcm } from '../../harness/model/audio.ts';
import type { Vad } from '../../harness/model/speech.ts';
import type { Clock } from '../../harness/model/time.ts';
import type { Mode } from '../floor/state.ts';
import { judgeFrame, levelDb, quietLine } from './loudness.ts';
import type { Sound } from './loudness.ts';
import { hearRhythm, noRhythm, repeatsItself } from './rhythm.ts';

/** A frame's sound, and whether what sounds over the agent repeats itself by now, as a laugh does. */
export interface Attended extends Sound {
  readonly repeats: boolean;
}

/** Listens to a line frame by frame: is that somebody speaking, and is it her? */
export class Attention {
  readonly #vad: Vad;
  readonly #clock: Clock;
  #loudness = quietLine;
  #rhythm = noRhythm;
  #repeats = false;
  #speech = 0;

  /** The noise on the line, dBov. */
  get floorDb(): number {
    return this.#loudness.floorDb;
  }

  constructor(vad: Vad, clock: Clock) {
    this.#vad = vad;
    this.#clock = clock;
  }

  /** What a frame amounts to, given who has the floor. Frames are pushed in order, one at a time. */
  async hear(samples: Pcm, floor: () => Mode): Promise<Attended> {
    const probabilities = await this.#clock.hold(this.#vad.push(samples));
    this.#speech = probabilities.at(-1) ?? this.#speech;
    const mode = floor();
    const hers = mode === 'holding' || mode === 'yielding';
    const open = hers || mode === 'listening';
    const evidence = { db: levelDb(samples), speech: this.#speech, hers, open };
    const [loudness, sound] = judgeFrame(this.#loudness, evidence);
    this.#loudness = loudness;
    this.#rhythm = open ? noRhythm : hearRhythm(this.#rhythm, samples, sound.loud);
    if (sound.loud || this.#rhythm === noRhythm) this.#repeats = repeatsItself(this.#rhythm);
    return { ...sound, repeats: this.#repeats };
  }
}
