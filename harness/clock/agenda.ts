import type { Ms } from '../model/time.ts';

/** Somebody asleep on a virtual clock. */
export interface Sleeper {
  readonly at: Ms;
  /** Breaks ties: who lay down first wakes first. */
  readonly order: number;
  /** Cleared once it was woken early, so that its place in the agenda is skipped. */
  wake: (() => void) | undefined;
  /** Where it was put to sleep; kept only for those without a deadline. */
  readonly place: string | undefined;
}

const before = (a: Sleeper, b: Sleeper): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

/** A binary heap of sleepers by deadline, then by order of arrival. */
export class Agenda {
  readonly #heap: Sleeper[] = [];

  /** Sleepers that were not woken early, in no particular order. */
  get waiting(): readonly Sleeper[] {
    return this.#heap.filter((sleeper) => sleeper.wake);
  }

  add(sleeper: Sleeper): void {
    const heap = this.#heap;
    let slot = heap.length;
    heap.push(sleeper);
    while (slot > 0) {
      const parent = (slot - 1) >> 1;
      const above = heap[parent] as Sleeper;
      if (!before(sleeper, above)) break;
      heap[slot] = above;
      slot = parent;
    }
    heap[slot] = sleeper;
  }

  /** The earliest sleeper still asleep; forgets those woken early on the way. */
  peek(): Sleeper | undefined {
    while (this.#heap.length > 0 && !this.#heap[0]?.wake) this.#take();
    return this.#heap[0];
  }

  /** Takes everybody due at the earliest deadline, in order of arrival. */
  takeDue(): readonly Sleeper[] {
    const due: Sleeper[] = [];
    for (let next = this.peek(); next && (due.length === 0 || next.at === due[0]?.at); next = this.peek()) {
      due.push(next);
      this.#take();
    }
    return due;
  }

  #take(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    let slot = 0;
    for (;;) {
      let child = 2 * slot + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1] as Sleeper, heap[child] as Sleeper)) child++;
      const below = heap[child] as Sleeper;
      if (!before(below, last)) break;
      heap[slot] = below;
      slot = child;
    }
    heap[slot] = last;
  }
}
