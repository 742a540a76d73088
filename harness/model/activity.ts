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
}
