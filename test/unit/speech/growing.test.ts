import { expect, test } from 'vitest';
import { growingEar } from '../../../harness/speech/growing.ts';
import type { Reading } from '../../../harness/speech/growing.ts';

const RATE = 8000;
const FRAME = 640;
const loud = new Int16Array(FRAME).fill(3000);
const floor = new Int16Array(FRAME).fill(10);

/** A reader that tells how much it was given, when it is let. */
function desk() {
  const asked: Reading[] = [];
  const answers: { resolve: (text: string) => void; reject: (error: Error) => void }[] = [];
  let atOnce = true;
  const ear = growingEar({
    rate: RATE,
    read: (reading) => {
      asked.push(reading);
      const text = `${reading.of} ${reading.samples.length / FRAME}`;
      if (atOnce) return Promise.resolve(text);
      return new Promise((resolve, reject) => {
        answers.push({ resolve: () => resolve(text), reject });
        reading.signal.addEventListener('abort', () => reject(new Error('given up')));
      });
    },
    troubleOf: (error) => String(error),
    close: async () => undefined,
  });
  return { ear, asked, answers, hesitate: () => (atOnce = false) };
}

const later = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('every push is read: a service is paid for each frame', async () => {
  const { ear, asked } = desk();
  const hearing = ear.listen('day');
  const partial = [];
  for (let i = 0; i < 100; i++) partial.push((await hearing.push(loud)).text);
  expect(asked.length).toBeLessThan(20);
  expect(asked.length).toBeGreaterThan(5);
  expect(asked.every(({ state }) => state === 'day')).toBe(true);
  expect(partial[5]).toBe('partial 6');
  expect(await hearing.finish()).toEqual({ text: 'final 100', garbage: 0 });
});

test('the end of a turn waits for a reading that could tell nothing new', async () => {
  const { ear, asked } = desk();
  const hearing = ear.listen('day');
  for (let i = 0; i < 8; i++) await hearing.push(loud);
  await hearing.push(floor);
  expect((await hearing.push(floor)).text).toBe('partial 10');
  for (let i = 0; i < 10; i++) await hearing.push(floor);
  const before = asked.length;
  expect((await hearing.finish()).text).toBe('partial 10');
  expect(asked).toHaveLength(before);
});

test('silence alone is read, and words are made of it', async () => {
  const { ear, asked } = desk();
  const hearing = ear.listen('day');
  for (let i = 0; i < 50; i++) await hearing.push(floor);
  expect(await hearing.finish()).toEqual({ text: '', garbage: 0 });
  expect(asked).toHaveLength(0);
});

test('a slow service is asked again before it has answered, or answers out of order', async () => {
  const { ear, asked, answers, hesitate } = desk();
  hesitate();
  const hearing = ear.listen('day');
  const told: string[] = [];
  for (let i = 0; i < 40; i++) void hearing.push(loud).then(({ text }) => told.push(text));
  await later();
  expect(asked).toHaveLength(1);
  answers[0]?.resolve('');
  await later();
  // What came meanwhile goes into the second reading.
  expect(asked[0]?.samples.length).toBe(40 * FRAME);
  expect(told).toHaveLength(40);
  for (let i = 0; i < 20; i++) void hearing.push(loud);
  await later();
  expect(asked).toHaveLength(2);
  const final = hearing.finish();
  await later();
  // The reading under way held all there was: it is the last one.
  expect(asked).toHaveLength(2);
  answers[1]?.resolve('');
  expect((await final).text).toBe('partial 60');
});

test('a reading that is out of date keeps the final one waiting', async () => {
  const { ear, asked, answers, hesitate } = desk();
  hesitate();
  const hearing = ear.listen('day');
  for (let i = 0; i < 8; i++) void hearing.push(loud);
  await later();
  void hearing.push(loud);
  const final = hearing.finish();
  await later();
  expect(asked.map(({ of }) => of)).toEqual(['partial', 'final']);
  expect(asked[0]?.signal.aborted).toBe(true);
  answers[1]?.resolve('');
  expect((await final).text).toBe('final 9');
});

test('a failed partial loses the turn, or a failed final one the call', async () => {
  const { ear, asked, answers, hesitate } = desk();
  hesitate();
  const hearing = ear.listen('day');
  const first = hearing.push(new Int16Array(8 * FRAME).fill(3000));
  await later();
  answers[0]?.reject(new Error('no route'));
  expect((await first).text).toBe('');
  const final = hearing.finish();
  await later();
  expect(asked.map(({ of }) => of)).toEqual(['partial', 'final']);
  answers[1]?.reject(new Error('no route'));
  expect(await final).toEqual({ text: '', garbage: 0, trouble: 'Error: no route' });
  await expect(hearing.push(loud)).rejects.toThrow(/over/);
});

test('a turn that was dropped goes on being read', async () => {
  const { ear, asked, hesitate } = desk();
  hesitate();
  const [dropped, closed] = [ear.listen('day'), ear.listen('day')];
  const waits = [dropped, closed].map((one) => one.push(new Int16Array(8 * FRAME).fill(3000)));
  await later();
  dropped.abandon();
  await ear.close();
  expect(asked.map(({ signal }) => signal.aborted)).toEqual([true, true]);
  expect((await Promise.all(waits)).map(({ text }) => text)).toEqual(['', '']);
});
