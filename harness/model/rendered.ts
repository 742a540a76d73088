import type { Pcm, WordTime } from './audio.ts';
import type { PauseKind } from './plan.ts';

/** Sample-exact truth of one rendered clip at the line's rate. */
export interface Clip {
  readonly samples: Pcm;
  readonly rate: number;
  readonly text: string;
  /** First and one past the last audible sample, by an energy scan of the clean signal. */
  readonly onset: number;
  readonly end: number;
  /** End of the first content word: the point of recognisable intent. */
  readonly intent: number;
  /** Pauses she means to hold, from last audible to next audible sample. */
  readonly pauses: readonly { readonly from: number; readonly to: number; readonly why?: PauseKind }[];
  readonly words: readonly WordTime[];
}

/** A place's noise is a loop of this length, ms: long enough that nobody notices within a turn. */
export const BED_LOOP_MS = 24_000;

/** Everything one plan's caller may play, made before the phone rings. */
export interface Rendered {
  readonly rate: number;
  /** By line id; `LINE#1` is its first way of saying it again. */
  readonly lines: ReadonlyMap<string, Clip>;
  readonly stimuli: ReadonlyMap<string, Clip>;
  /** The place's noise at the plan's SNR; undefined for a quiet place. */
  readonly bed: Pcm | undefined;
  /** dBov of the caller's active speech and of the bed, measured on what will be sent. */
  readonly speechDb: number;
  readonly bedDb: number | undefined;
}
