import type { Pcm } from '../model/audio.ts';
import type { Left } from './outbox.ts';

/** Audio with its place in the leg's media. */
interface Piece {
  readonly start: number;
  readonly samples: Pcm;
}

/** One playing that waits to leave, fed piece by piece. */
export class Queued {
  readonly id: number;
  readonly #pieces: Piece[] = [];
  /** Where the next piece fed would begin. */
  #end: number;
  #gain = 1;
  #sealed = false;
  #sent = 0;

  constructor(id: number, start: number) {
    this.id = id;
    this.#end = start;
  }

  /** Samples that have left. */
  get sent(): number {
    return this.#sent;
  }

  /** Everything fed has left and nothing more will come. */
  get finished(): boolean {
    return this.#sealed && this.#pieces.length === 0;
  }

  feed(samples: Pcm, nextFrame: number): void {
    if (samples.length === 0) return;
    const start = Math.max(this.#end, nextFrame);
    this.#pieces.push({ start, samples });
    this.#end = start + samples.length;
  }

  seal(): void {
    this.#sealed = true;
  }

  duck(db: number): void {
    this.#gain = 10 ** (-db / 20);
  }

  /** Adds its share of the frame that begins at `frame`; undefined when it has none. */
  mixInto(mix: Float64Array, frame: number): Left | undefined {
    const frameEnd = frame + mix.length;
    let first: number | undefined;
    let count = 0;
    for (const piece of this.#pieces) {
      const from = Math.max(piece.start, frame);
      const to = Math.min(piece.start + piece.samples.length, frameEnd);
      if (from >= to) break;
      first ??= from;
      count += to - from;
      for (let at = from; at < to; at++) {
        mix[at - frame] = (mix[at - frame] as number) + this.#gain * (piece.samples[at - piece.start] as number);
      }
    }
    while (this.#pieces[0] && this.#pieces[0].start + this.#pieces[0].samples.length <= frameEnd) this.#pieces.shift();
    this.#sent += count;
    return first === undefined ? undefined : { id: this.id, mediaIndex: first, samples: count };
  }
}
