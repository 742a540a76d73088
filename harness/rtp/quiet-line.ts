import type { Pcm } from '../model/audio.ts';
import type { Sender } from '../model/line.ts';

/** A comfort noise packet's header fields: static payload type 13 (RFC 3551 section 6, RFC 3389). */
export const COMFORT_NOISE = { payloadType: 13, marker: false } as const;

/** What leaves in a frame's place. */
export type Said =
  | { readonly kind: 'audio'; readonly marker: boolean }
  | { readonly kind: 'noise'; readonly payload: Uint8Array }
  | { readonly kind: 'nothing' };

/** Frames at the beginning that are always sent, so that the other side learns where they come from. */
const FIRST_FRAMES = 10;
/** Between two comfort noise packets of one silence: 200 ms. */
const NOISE_EVERY = 10;
/** RFC 3389 section 3: the level in -dBov, seven bits. */
const QUIETEST = 127;

/** What a sender does while it has nothing to say. */
export class QuietLine {
  readonly #silence: NonNullable<Sender['silence']>;
  readonly #noise: Uint8Array;
  #frames = 0;
  /** Silent frames in a row that were not sent as audio. */
  #quiet = 0;

  constructor(silence: NonNullable<Sender['silence']>, floor: Pcm) {
    this.#silence = silence;
    this.#noise = Uint8Array.of(levelOf(floor));
  }

  /** The next frame; `sounding` when something plays in it. The marker begins a talkspurt (RFC 3551 section 4.1). */
  next(sounding: boolean): Said {
    const first = this.#frames++ === 0;
    if (sounding || this.#silence === 'sound' || this.#frames <= FIRST_FRAMES) {
      const marker = first || this.#quiet > 0;
      this.#quiet = 0;
      return { kind: 'audio', marker };
    }
    const due = this.#quiet++ % NOISE_EVERY === 0;
    return this.#silence === 'comfort-noise' && due ? { kind: 'noise', payload: this.#noise } : { kind: 'nothing' };
  }
}

function levelOf(floor: Pcm): number {
  const power = floor.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, floor.length);
  return power === 0 ? QUIETEST : Math.min(QUIETEST, Math.round(-10 * Math.log10(power / 32_768 ** 2)));
}
