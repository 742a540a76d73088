import { expect, test } from 'vitest';
import { pool } from '../../../harness/run/pool.ts';

const never = new AbortController().signal;

test('results come in the order of the items, whoever is done first', async () => {
  const gates = [1, 2, 3].map(() => Promise.withResolvers<void>());
  const done = pool([0, 1, 2], 3, never, async (item) => {
    await gates[item]?.promise;
    return item * 10;
  });
  for (const index of [2, 0, 1]) gates[index]?.resolve();
  expect(await done).toEqual([0, 10, 20]);
});

test('no more than the asked number are under way at once', async () => {
  let now = 0;
  let most = 0;
  await pool([1, 2, 3, 4, 5], 2, never, async () => {
    most = Math.max(most, ++now);
    await Promise.resolve();
    now--;
  });
  expect(most).toBe(2);
});

test('an interrupted pool starts nothing more and keeps what is done', async () => {
  const stop = new AbortController();
  const results = await pool([1, 2, 3], 1, stop.signal, (item) => {
    if (item === 2) stop.abort();
    return Promise.resolve(item);
  });
  expect(results).toEqual([1, 2, undefined]);
});

test('a bug in one call is loud and starts no other', async () => {
  const begun: number[] = [];
  const bug = pool([1, 2, 3], 1, never, (item) => {
    begun.push(item);
    return item === 1 ? Promise.reject(new Error('a bug')) : Promise.resolve(item);
  });
  await expect(bug).rejects.toThrow('a bug');
  expect(begun).toEqual([1]);
});
