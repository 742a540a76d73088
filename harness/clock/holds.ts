interface Held {
  /** Resolves when the outside work has settled; never rejects. */
  readonly settled: Promise<void>;
  /** Hands the outcome to whoever holds. */
  deliver(): void;
}

/** Outside work in progress, delivered strictly in the order it was begun. */
export class HoldQueue {
  readonly #queue: Held[] = [];

  get pending(): boolean {
    return this.#queue.length > 0;
  }

  add<T>(work: Promise<T>): Promise<T> {
    const outcome = Promise.withResolvers<T>();
    let deliver = (): void => {};
    const settled = work.then(
      (value) => {
        deliver = () => outcome.resolve(value);
      },
      (reason: unknown) => {
        deliver = () => outcome.reject(reason);
      },
    );
    this.#queue.push({ settled, deliver: () => deliver() });
    return outcome.promise;
  }

  /** Waits, without spinning, for the oldest work, and delivers it. */
  async deliverNext(): Promise<void> {
    const oldest = this.#queue[0];
    if (!oldest) return;
    await oldest.settled;
    this.#queue.shift();
    oldest.deliver();
  }
}
