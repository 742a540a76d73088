import type { Pcm } from '../model/audio.ts';
import type { Left, Over } from './outbox.ts';

/** From `index` on, a playing is this loud. */
interface Turn {
  readonly index: number;
  readonly gain: number;
}

/** One playing, with everything that was done to it. */
interface Part {
  readonly id: number;
  readonly pieces: { readonly start: number; readonly samples: Pcm }[];
  readonly turns: Turn[];
  end: number;
  sealed: boolean;
  cutAt: number;
  sent: number;
}

/**
 * What is to be sent, as an outbox has it, for those who hand audio over long before it leaves: any stretch can be asked
 * for again after something changed. Whoever changes it says from where on it may still be changed.
 */
export class Sheet {
  readonly #floor: Pcm;
  readonly #parts = new Map<number, Part>();

  constructor(floor: Pcm) {
    this.#floor = floor;
  }

  play(id: number, start: number, changeable: number): void {
    const end = Math.max(start, changeable);
    this.#parts.set(id, { id, pieces: [], turns: [], end, sealed: false, cutAt: Infinity, sent: 0 });
  }

  /** More of it; after a gap it goes on where it may. */
  feed(id: number, samples: Pcm, changeable: number): void {
    const part = this.#parts.get(id);
    if (!part || samples.length === 0) return;
    const start = Math.max(part.end, changeable);
    part.pieces.push({ start, samples });
    part.end = start + samples.length;
  }

  seal(id: number): void {
    const part = this.#parts.get(id);
    if (part) part.sealed = true;
  }

  cut(id: number, changeable: number): void {
    const part = this.#parts.get(id);
    if (part) part.cutAt = Math.min(part.cutAt, changeable);
  }

  duck(id: number, db: number, changeable: number): void {
    this.#parts.get(id)?.turns.push({ index: changeable, gain: 10 ** (-db / 20) });
  }

  /** Samples `from <= index < to` as they stand now. */
  between(from: number, to: number): Pcm {
    const mix = Float64Array.from({ length: to - from }, (_, i) => this.#floor[(from + i) % this.#floor.length] ?? 0);
    for (const part of this.#parts.values()) {
      for (const piece of part.pieces) addTo(mix, from, piece, part);
    }
    return Int16Array.from(mix, (value) => Math.max(-32_768, Math.min(32_767, Math.round(value))));
  }

  /** What of each playing leaves in a stretch that is changed no more, and what is over with it. Stretches come in order. */
  leave(from: number, to: number): { readonly left: readonly Left[]; readonly over: readonly Over[] } {
    const left: Left[] = [];
    const over: Over[] = [];
    for (const part of this.#parts.values()) {
      for (const { start, samples } of part.pieces) {
        const [first, last] = [Math.max(from, start), Math.min(to, start + samples.length, part.cutAt)];
        if (first >= last) continue;
        part.sent += last - first;
        left.push({ id: part.id, mediaIndex: first, samples: last - first });
      }
      const isSpoken = part.sealed && part.end <= Math.min(to, part.cutAt);
      if (!isSpoken && part.cutAt > to) continue;
      over.push({ id: part.id, samples: part.sent, cut: !isSpoken });
      this.#parts.delete(part.id);
    }
    return { left, over };
  }

  /** Cuts whatever is left. */
  end(): readonly Over[] {
    const over = [...this.#parts.values()].map(({ id, sent }) => ({ id, samples: sent, cut: true }));
    this.#parts.clear();
    return over;
  }
}

function addTo(
  mix: Float64Array,
  from: number,
  { start, samples }: { readonly start: number; readonly samples: Pcm },
  { cutAt, turns }: Part,
): void {
  const last = Math.min(from + mix.length, start + samples.length, cutAt);
  for (let at = Math.max(from, start); at < last; at++) {
    const gain = turns.findLast(({ index }) => index <= at)?.gain ?? 1;
    mix[at - from] = (mix[at - from] as number) + gain * (samples[at - start] as number);
  }
}
