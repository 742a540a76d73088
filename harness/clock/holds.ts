interface Held {
  /** Resolves, once the outside work has settled, with what hands its outcome to whoever holds. */
  readonly settled: Promise<() => void>;
}

/** Outside work in progress, delivered strictly in the order it was begun. */
export class HoldQueue {
  readonly #queue: Held[] = [];

  get pending(): boolean {
    return this.#queue.length > 0;
  }

  add<T>(work: Promise<T>): Promise<T> {
    const outcome = Promise.withResolvers<T>();
    this.#queue.push({ settled: settle(work, outcome) });
    return outcome.promise;
  }

  /** Waits, without spinning, for the oldest work, and delivers it. */
  async deliverNext(): Promise<void> {
    const deliver = await this.#queue[0]?.settled;
    this.#queue.shift();
    deliver?.();
  }
}

async function settle<T>(work: Promise<T>, outcome: PromiseWithResolvers<T>): Promise<() => void> {
  try {
    const value = await work;
    return () => outcome.resolve(value);
  } catch (reason) {
    return () => outcome.reject(reason);
  }
}
