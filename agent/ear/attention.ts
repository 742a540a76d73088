import type { Pcm } from '../../harness/model/audio.ts';
import type { Vad } from '../../harness/model/speech.ts';
import type { Clock } from '../../harness/model/time.ts';
import type { Mode } from '../floor/state.ts';
import { judgeFrame, levelDb, quietLine } from './loudness.ts';
import type { Sound } from './loudness.ts';

/** Listens to a line frame by frame: is that somebody speaking, and is it her? */
export class Attention {
  readonly #vad: Vad;
  readonly #clock: Clock;
  #loudness = quietLine;
  #speech = 0;

  constructor(vad: Vad, clock: Clock) {
    this.#vad = vad;
    this.#clock = clock;
  }

  /** What a frame amounts to, given who has the floor. Frames are pushed in order, one at a time. */
  async hear(samples: Pcm, floor: () => Mode): Promise<Sound> {
    const probabilities = await this.#clock.hold(this.#vad.push(samples));
    this.#speech = probabilities.at(-1) ?? this.#speech;
    const mode = floor();
    const hers = mode === 'holding' || mode === 'yielding';
    const open = hers || mode === 'listening';
    const evidence = { db: levelDb(samples), speech: this.#speech, hers, open };
    const [loudness, sound] = judgeFrame(this.#loudness, evidence);
    this.#loudness = loudness;
    return sound;
  }
}
