import type { Pcm } from '../../harness/model/audio.ts';
import { after, samplesToMs } from '../../harness/model/time.ts';
import type { Ms } from '../../harness/model/time.ts';
import { AUDIBLE_DEPTH_DB, audibleBounds } from '../../harness/speech/dsp/bounds.ts';
import { speechLevel } from '../../harness/speech/dsp/level.ts';
import { toFloats } from '../../harness/speech/dsp/samples.ts';

/** Sound kept, ms: the longest wait for her to go on, and as much of her before it as tells her level. */
const KEPT_MS = 6000;
/** Sound of hers after the last frame that was surely speech: a soft last consonant is no longer, ms. */
const TAIL_MS = 240;
/** A turn so far below her usual level is mumbled, and its end as soft. */
const MUMBLED_DB = 3;
/** What stands so far out of the line's noise is a sound. */
const ABOVE_FLOOR_DB = 6;

/** A frame of the line, and when its first sample came. */
interface Frame {
  readonly samples: Pcm;
  readonly at: Ms;
  readonly loud: boolean;
}

/**
 * When she was last audible, to the millisecond, as the agent claims it. Turn-taking goes by whole frames and by what is
 * surely speech, and has no need of this: the ends of words are softer. Audible is what lies no more than 30 dB below the
 * level of her speech (ITU-T P.56) and stands out of the noise.
 */
export class LastSound {
  /** Since her last turn was over. */
  #frames: readonly Frame[] = [];
  /** Mean power of her active speech, turn by turn. */
  #power = 0;
  #turns = 0;

  frame(samples: Pcm, at: Ms, loud: boolean): void {
    this.#frames = [...this.#frames.filter((frame) => at - frame.at < KEPT_MS), { samples, at, loud }];
  }

  /** Her turn is over: the end of her last sound, `otherwise` where nothing stands out. `floorDb`: the noise on the line, dBov. */
  end(rate: number, floorDb: number, otherwise: Ms): Ms {
    const turn = this.#frames;
    this.#frames = [];
    const last = turn.findLastIndex(({ loud }) => loud);
    const sure = turn[last];
    if (!sure) return otherwise;
    const level = this.#learn(joined(turn.slice(0, last + 1)), rate);
    const own = turn.filter(({ at }) => at <= sure.at + TAIL_MS);
    // Her last sound is heard on top of the noise.
    const softest = decibels(powerOf(level - AUDIBLE_DEPTH_DB) + powerOf(floorDb));
    const bounds = audibleBounds(toFloats(joined(own)), rate, Math.max(softest, floorDb + ABOVE_FLOOR_DB));
    return bounds ? instantOf(own, bounds.end, rate) : otherwise;
  }

  /** Her level, dBov: as over the call, or as in a turn that she mumbles. Takes in that of a turn, which ends with a loud frame: silence behind it would count as speech for a while. */
  #learn(turn: Pcm, rate: number): number {
    const { activeDb } = speechLevel(toFloats(turn), rate);
    if (this.#turns > 0 && activeDb < decibels(this.#power) - MUMBLED_DB) return activeDb;
    this.#turns += 1;
    this.#power += (powerOf(activeDb) - this.#power) / this.#turns;
    return decibels(this.#power);
  }
}

const powerOf = (db: number): number => 10 ** (db / 10);
const decibels = (power: number): number => 10 * Math.log10(power);

/** When sample `index` of `frames` came. */
function instantOf(frames: readonly Frame[], index: number, rate: number): Ms {
  let before = 0;
  for (const { samples, at } of frames) {
    if (index <= before + samples.length) return after(at, samplesToMs(index - before, rate));
    before += samples.length;
  }
  const end = frames.at(-1);
  return end ? after(end.at, samplesToMs(end.samples.length, rate)) : (0 as Ms);
}

function joined(frames: readonly Frame[]): Pcm {
  const all = new Int16Array(frames.reduce((sum, { samples }) => sum + samples.length, 0));
  let at = 0;
  for (const { samples } of frames) {
    all.set(samples, at);
    at += samples.length;
  }
  return all;
}
