import type { Ms } from './time.ts';

/** A stretch in which the agent sounded, on the call's timeline. */
export interface Sounding {
  /** First audible instant. */
  readonly onset: Ms;
  /** Where its level last falls 20 dB below its own active level. */
  readonly stop: Ms;
  /** Last audible instant. */
  readonly end: Ms;
  /** Uncertainty of each boundary, ms. */
  readonly u: { readonly onset: number; readonly stop: number; readonly end: number };
  /** Active level, dBov. */
  readonly levelDb: number;
  /** Drops of 10 dB or more inside it that recovered: a duck undone. */
  readonly ducks: readonly { readonly from: Ms; readonly to: Ms }[];
  /** An abrupt drop of 10 dB or more that never recovered, before `stop`: a duck that became the end. */
  readonly fell?: Ms;
  /** Level of its last 20 ms relative to the active level, dB: near 0 it was cut off in mid-speech, below -10 it faded out. */
  readonly endDb?: number;
  /** How it was told from noise; absent means that both the voice activity model and energy heard it. */
  readonly by?: 'energy' | 'model';
  /** What it is; absent means speech. Music and noise are never a reply. */
  readonly kind?: 'speech' | 'music' | 'noise';
  /** How far a second, independent detector's onset lies from this one's, ms; it has widened `u.onset`. Absent: it was not asked. */
  readonly spreadMs?: number;
}

/** One of the agent's words, as an ear heard it. */
export interface HeardWord {
  readonly text: string;
  readonly from: Ms;
  readonly to: Ms;
  /** Uncertainty of both bounds, ms. */
  readonly u: number;
}

/** The caller's own voice in the agent's channel: a leak in the line, or an agent that plays her back. */
export interface Echo {
  /** From what she sent to what came back. */
  readonly delayMs: number;
  /** How far below what she sent it comes back, dB: the echo return loss of ITU-T G.122. */
  readonly lossDb: number;
}

/** Who sounded when: the detector's product, stored beside the call. */
export interface Activity {
  readonly schema: 'hangup.activity/1';
  readonly detector: string;
  readonly agent: readonly Sounding[];
  /** The desk's side after a transfer. */
  readonly desk: readonly Sounding[];
  /** Noise floor of the agent's channel, dBov. */
  readonly floorDb: number;
  /** Active level of the caller's speech and of her background, as sent, dBov; undefined when there was none. */
  readonly callerDb: number | undefined;
  readonly callerFloorDb: number | undefined;
  /** The agent's words, in order; undefined where no ear listened. */
  readonly words?: readonly HeardWord[];
  /** Which ear they were heard by: a file name in harness/speech/ears. */
  readonly ear?: string;
  /** Present when her voice was found in the agent's channel; `agent` and `desk` hold only what stands out of it. */
  readonly echo?: Echo;
}
