import { expect, test } from 'vitest';
import { chance } from '../../../../harness/model/seed.ts';
import { clusterBootstrap } from '../../../../metrics/statistics/bootstrap.ts';
import { kaplanMeier, type Duration } from '../../../../metrics/statistics/km.ts';
import { betaQuantile, normalCdf, normalQuantile } from '../../../../metrics/statistics/normal.ts';
import { leastFor, mayPrint, quantile, quantileInterval } from '../../../../metrics/statistics/quantile.ts';
import { beyondChance, binomialCdf, differenceInterval, exactInterval } from '../../../../metrics/statistics/rates.ts';

test('the normal and beta quantiles are those of the tables', () => {
  expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 9);
  expect(normalQuantile(0.5)).toBeCloseTo(0, 9);
  expect(normalCdf(-8)).toBeCloseTo(6.22096e-16, 20);
  expect(betaQuantile(0.5, 2, 2)).toBeCloseTo(0.5, 9);
  expect(betaQuantile(0.95, 1, 59)).toBeCloseTo(1 - 0.05 ** (1 / 59), 9);
  expect(binomialCdf(3, 10, 0.5)).toBeCloseTo(176 / 1024, 9);
});

test('exact intervals of rates: textbook values, and nothing certain from nothing', () => {
  const four = exactInterval(4, 20);
  expect(four.low).toBeCloseTo(0.0573, 4);
  expect(four.high).toBeCloseTo(0.4366, 4);
  const ten = exactInterval(10, 100);
  expect(ten.low).toBeCloseTo(0.049, 4);
  expect(ten.high).toBeCloseTo(0.1762, 4);
  // "Rule of three": none in 59, one-sided 95 % upper limit 5 %.
  expect(exactInterval(0, 59, 0.9).high).toBeCloseTo(0.0495, 4);
  expect(exactInterval(0, 0)).toEqual({ low: 0, high: 1 });
  const half = exactInterval(0.5, 10);
  expect(half.high).toBeGreaterThan(exactInterval(0, 10).high);
  expect(half.high).toBeLessThan(exactInterval(1, 10).high);
});

// Newcombe, Stat. Med. 17 (1998) 873-890, table II, method 10.
test.each([
  [56, 70, 48, 80, 0.0524, 0.3339],
  [9, 10, 3, 10, 0.1705, 0.809],
  [6, 7, 2, 7, 0.0582, 0.8062],
  [5, 56, 0, 29, -0.0381, 0.1926],
  [0, 10, 0, 20, -0.1611, 0.2775],
  [10, 10, 0, 20, 0.6791, 1],
])('the difference of %i/%i and %i/%i has the published interval', (a, n, b, m, low, high) => {
  const interval = differenceInterval({ hits: a, trials: n }, { hits: b, trials: m });
  expect(interval.low).toBeCloseTo(low, 4);
  expect(interval.high).toBeCloseTo(high, 4);
});

// Freireich et al., Blood 21 (1963): weeks of remission of acute leukaemia.
const TREATED = '6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+';
const PLACEBO = '1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23';
const weeks = (text: string): Duration[] =>
  text.split(' ').map((word) => ({ value: Number.parseFloat(word), censored: word.endsWith('+') }));

test('the product-limit curve of the textbook trial', () => {
  const curve = kaplanMeier(weeks(TREATED));
  const published = [0.857, 0.807, 0.753, 0.69, 0.627, 0.538, 0.448];
  expect(curve.steps.map(({ at }) => at)).toEqual([6, 7, 10, 13, 16, 22, 23]);
  curve.steps.forEach((step, i) => expect(step.survival).toBeCloseTo(published[i] as number, 3));
  expect(curve.steps[0]!.survival * Math.sqrt(curve.steps[0]!.greenwood)).toBeCloseTo(0.0764, 4);
  expect(curve.quantile(0.5)).toBe(23);
  expect(curve.quantile(0.25)).toBe(13);
  // On the log-log scale; an open upper limit is not reached.
  expect(curve.interval(0.5)).toEqual({ low: 13, high: Infinity });
  expect(curve.quantile(0.75)).toBeUndefined();
  expect(kaplanMeier(weeks(PLACEBO)).quantile(0.5)).toBe(8);
  expect(kaplanMeier(weeks(PLACEBO)).interval(0.5)).toEqual({ low: 4, high: 11 });
});

test('an agent that hangs up does not look faster than one that stays', () => {
  const replies = [300, 400, 500, 600].map((value) => ({ value, censored: false }));
  const lost = [{ value: 200, censored: true, lost: true }];
  const merelyCensored = [{ value: 200, censored: true }];
  expect(kaplanMeier([...replies, ...lost]).quantile(0.75)).toBe(600);
  expect(kaplanMeier([...replies, ...merelyCensored]).quantile(0.75)).toBe(500);
  expect(kaplanMeier([...replies, ...lost]).quantile(0.95)).toBeUndefined();
});

test('many equal times are known well, one is not', () => {
  const equal = (n: number): Duration[] => Array.from({ length: n }, () => ({ value: 400, censored: false }));
  expect(kaplanMeier(equal(20)).interval(0.5)).toEqual({ low: 400, high: 400 });
  expect(kaplanMeier(equal(1)).interval(0.5).high).toBe(Infinity);
});

test('nothing is reached when nothing was seen', () => {
  expect(kaplanMeier([]).quantile(0.5)).toBeUndefined();
  expect(kaplanMeier([]).interval(0.5)).toEqual({ low: Infinity, high: Infinity });
  expect(kaplanMeier([{ value: 10_000, censored: true }]).quantile(0.5)).toBeUndefined();
});

test('order statistics bound a percentile only when there are enough of them', () => {
  const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);
  expect(quantileInterval(upTo(20), 0.5)).toEqual({ low: 6, high: 15 });
  expect(quantileInterval(upTo(71), 0.95).high).toBe(Infinity);
  expect(quantileInterval(upTo(72), 0.95).high).toBe(72);
  expect([leastFor(0.95), leastFor(0.99)]).toEqual([72, 368]);
  expect([mayPrint(0.95, 71), mayPrint(0.95, 72)]).toEqual([false, true]);
  expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
  expect(quantile([], 0.5)).toBeUndefined();
});

test('the bootstrap resamples whole calls, and the same data give the same interval', () => {
  const calls = [[1, 1, 1, 1], [5, 5, 5, 5], [3], [2, 2]];
  const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
  const ask = { seed: 3, rounds: 500, confidence: 0.95 };
  const interval = clusterBootstrap(calls, mean, ask)!;
  expect(interval).toEqual(clusterBootstrap(calls, mean, ask));
  expect(interval.low).toBeGreaterThanOrEqual(1);
  expect(interval.high).toBeLessThanOrEqual(5);
  // Observations taken one by one would pretend to know more.
  const single = clusterBootstrap(
    calls.flat().map((value) => [value]),
    mean,
    ask,
  )!;
  expect(interval.high - interval.low).toBeGreaterThan(single.high - single.low);
  expect(clusterBootstrap([], mean, ask)).toBeUndefined();
});

test('an agent that stops as often as shams do has done nothing for her; one that always stops has done all', () => {
  expect(beyondChance({ hits: 30, trials: 60 }, { hits: 20, trials: 40 })!.value).toBeCloseTo(0, 9);
  expect(beyondChance({ hits: 30, trials: 60 }, { hits: 20, trials: 40 })!.low).toBe(0);
  const all = beyondChance({ hits: 60, trials: 60 }, { hits: 8, trials: 40 })!;
  expect(all).toMatchObject({ value: 1, high: 1 });
  expect(all.low).toBeGreaterThan(0.85);
  // With no chance at all it is the rate itself, and its interval Wilson's, but for what is not known of the shams.
  const plain = beyondChance({ hits: 45, trials: 60 }, { hits: 0, trials: 400 })!;
  expect(plain.value).toBe(0.75);
  expect(plain.low).toBeCloseTo(0.628, 1);
  expect(plain.high).toBeCloseTo(0.842, 1);
  expect(beyondChance({ hits: 5, trials: 5 }, { hits: 9, trials: 9 })).toBeUndefined();
});

test('the interval of a reaction beyond chance covers the truth', () => {
  const dice = chance(5);
  const count = (trials: number, rate: number): { hits: number; trials: number } => ({
    trials,
    hits: Array.from({ length: trials }, () => dice.next()).filter((drawn) => drawn < rate).length,
  });
  let covered = 0;
  for (let run = 0; run < 500; run++) {
    // Chance stops 20 %; of the rest the agent lets her in on 70 %.
    const interval = beyondChance(count(50, 0.2 + 0.8 * 0.7), count(30, 0.2));
    if (interval && interval.low <= 0.7 && interval.high >= 0.7) covered++;
  }
  expect(covered / 500).toBeGreaterThan(0.93);
});
