/**
 * Runs `work` over `items`, at most `jobs` at once, and gives the results in the order of the items.
 * An aborted `signal` starts no further item; those not started are undefined. The first bug stops the pool and is thrown.
 */
export async function pool<T, R>(
  items: readonly T[],
  jobs: number,
  signal: AbortSignal,
  work: (item: T, index: number) => Promise<R>,
): Promise<readonly (R | undefined)[]> {
  const results: (R | undefined)[] = Array.from({ length: items.length });
  let next = 0;
  let broken = false;
  const lane = async (): Promise<void> => {
    while (next < items.length && !signal.aborted && !broken) {
      const index = next++;
      try {
        results[index] = await work(items[index] as T, index);
      } catch (error) {
        broken = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(jobs, items.length)) }, lane));
  return results;
}
