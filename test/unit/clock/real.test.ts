import { expect, test } from 'vitest';
import { realClock } from '../../../harness/clock/real.ts';
import { after, ms } from '../../../harness/model/time.ts';

test('a sleep never ends before its deadline, and the median is late by less than 2 ms', async () => {
  const clock = realClock();
  const late: number[] = [];
  for (let i = 1; i <= 40; i++) {
    const at = ms(i * 5.3);
    await clock.sleepUntil(at);
    late.push(clock.now() - at);
  }
  expect(Math.min(...late)).toBeGreaterThanOrEqual(0);
  expect(late.toSorted((a, b) => a - b)[20]).toBeLessThan(2);
});

test('an abort ends a sleep of any length, without an error', async () => {
  const clock = realClock();
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 10);
  await clock.sleepUntil(ms(Infinity), stop.signal);
  await clock.sleepUntil(ms(Infinity), stop.signal);
  expect(clock.now()).toBeLessThan(5_000);
});

test('clocks made from one zero agree', async () => {
  const first = realClock();
  const second = realClock(first.zeroNs);
  const [a, b, c] = [first.now(), second.now(), first.now()];
  expect(a <= b && b <= c).toBe(true);
  await first.sleepUntil(after(a, -100));
});
