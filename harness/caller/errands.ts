/** Work going on beside the conversation: nothing is lost, and its failure is heard of. */
export interface Errands {
  /** Starts `work`; a failure goes to the one who opened the errands. */
  run(work: () => Promise<void>): void;
  /** Resolves when nothing is going on any more. */
  done(): Promise<void>;
}

/** No work yet; `failed` is told of every error. */
export function openErrands(failed: (error: unknown) => void): Errands {
  const going = new Set<Promise<void>>();
  return {
    run(work) {
      const one = work()
        .catch(failed)
        .finally(() => going.delete(one));
      going.add(one);
    },
    async done() {
      while (going.size > 0) await Promise.all(going);
    },
  };
}
