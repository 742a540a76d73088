import type { Pcm } from '../../harness/model/audio.ts';

/** A stretch of loud sound, found to the sample. Positions in samples on the sender's clock. */
export type ChirpEvent =
  | { readonly kind: 'onset'; readonly sample: number }
  /** `sample` is one past the last loud one. */
  | { readonly kind: 'end'; readonly sample: number };

/** What the finder remembers between packets. */
export interface ChirpFinder {
  /** First loud sample of the stretch under way. */
  readonly onset: number | undefined;
  /** One past its last loud sample. */
  readonly end: number;
  /** Its onset was reported. */
  readonly told: boolean;
}

/** -40 dBov: 20 dB below the stimulus, 25 dB above a line's floor. */
const LOUD = 328;
/** A stretch is a chirp from this length on: 2 ms, shorter than a packet and longer than a click. */
const LEAST = 16;
/** Quiet that ends it: 5 ms, longer than a gap between two half waves. */
const GAP = 40;

/** Nothing heard yet. */
export const noChirp: ChirpFinder = { onset: undefined, end: 0, told: false };

/** Looks through `samples`, which begin at `from` on the sender's clock. Pure. */
export function findChirps(
  finder: ChirpFinder,
  samples: Pcm,
  from: number,
): readonly [ChirpFinder, readonly ChirpEvent[]] {
  const events: ChirpEvent[] = [];
  let { onset, end, told } = finder;
  samples.forEach((sample, index) => {
    const at = from + index;
    if (Math.abs(sample) >= LOUD) {
      onset ??= at;
      end = at + 1;
    }
    if (onset === undefined) return;
    if (!told && end - onset >= LEAST) {
      events.push({ kind: 'onset', sample: onset });
      told = true;
    }
    if (at + 1 - end < GAP) return;
    if (told) events.push({ kind: 'end', sample: end });
    onset = undefined;
    told = false;
  });
  return [{ onset, end, told }, events];
}
