import type { Pcm } from '../model/audio.ts';
import { Queued } from './queued.ts';

/** Part of a playing that is in a frame. Positions in samples. */
export interface Left {
  readonly id: number;
  /** Where in the leg's media its first sample of this frame sits. */
  readonly mediaIndex: number;
  readonly samples: number;
}

/** A playing that is over: everything left, or it was cut. */
export interface Over {
  readonly id: number;
  readonly samples: number;
  readonly cut: boolean;
}

export interface Frame {
  /** Index of its first sample since the leg's first. */
  readonly mediaIndex: number;
  readonly samples: Pcm;
  readonly left: readonly Left[];
  readonly over: readonly Over[];
}

const NOBODY: readonly never[] = [];

/**
 * What a leg is about to send: playings at exact sample positions, added with saturation over a looped floor.
 * It knows no time; whoever paces it asks for one frame after another.
 */
export class Outbox {
  readonly #floor: Pcm;
  /** Where frames are added up, used over and over. */
  readonly #mix: Float64Array;
  readonly #queue = new Map<number, Queued>();
  #next = 0;

  constructor(floor: Pcm, frameSamples: number) {
    this.#floor = floor;
    this.#mix = new Float64Array(frameSamples);
  }

  /** Media index of the next frame's first sample. */
  get next(): number {
    return this.#next;
  }

  /** Opens a playing whose sample 0 sits at `start`, or at the next frame if that has passed. */
  play(id: number, start: number): void {
    this.#queue.set(id, new Queued(id, start));
  }

  /** More of it; after a gap it goes on with the next frame. */
  feed(id: number, samples: Pcm): void {
    this.#queue.get(id)?.feed(samples, this.#next);
  }

  /** Nothing more will be fed. */
  seal(id: number): Over | undefined {
    const queued = this.#queue.get(id);
    queued?.seal();
    return queued?.finished ? this.#remove(queued, false) : undefined;
  }

  /** Nothing more of it leaves, from the next frame on. */
  cut(id: number): Over | undefined {
    const queued = this.#queue.get(id);
    return queued && this.#remove(queued, true);
  }

  /** Attenuates it by `db` from the next frame on. */
  duck(id: number, db: number): void {
    this.#queue.get(id)?.duck(db);
  }

  /** Cuts whatever is still queued. */
  cutAll(): readonly Over[] {
    return [...this.#queue.values()].map((queued) => this.#remove(queued, true));
  }

  nextFrame(): Frame {
    const mediaIndex = this.#next;
    this.#next += this.#mix.length;
    if (this.#queue.size === 0) return { mediaIndex, samples: this.#floorAt(mediaIndex), left: NOBODY, over: NOBODY };
    const left: Left[] = [];
    const over: Over[] = [];
    this.#mix.set(this.#floorAt(mediaIndex));
    for (const queued of this.#queue.values()) {
      const part = queued.mixInto(this.#mix, mediaIndex);
      if (part) left.push(part);
      if (queued.finished) over.push(this.#remove(queued, false));
    }
    return { mediaIndex, samples: saturated(this.#mix), left, over };
  }

  /** A frame of the floor, which repeats. */
  #floorAt(mediaIndex: number): Pcm {
    const from = mediaIndex % this.#floor.length;
    const whole = this.#floor.subarray(from, from + this.#mix.length);
    if (whole.length === this.#mix.length) return whole;
    return Int16Array.from(this.#mix, (_, i) => this.#floor[(mediaIndex + i) % this.#floor.length] as number);
  }

  #remove(queued: Queued, cut: boolean): Over {
    this.#queue.delete(queued.id);
    return { id: queued.id, samples: queued.sent, cut };
  }
}

function saturated(mix: Float64Array): Pcm {
  const samples = new Int16Array(mix.length);
  for (let i = 0; i < samples.length; i++) {
    samples[i] = Math.max(-32_768, Math.min(32_767, Math.round(mix[i] as number)));
  }
  return samples;
}
