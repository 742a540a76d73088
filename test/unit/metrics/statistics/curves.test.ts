import { expect, test } from 'vitest';
import { chance } from '../../../../harness/model/seed.ts';
import { designEffect } from '../../../../metrics/statistics/clusters.ts';
import { exactDose, psychometric, type Trial } from '../../../../metrics/statistics/psychometric.ts';
import { exactInterval } from '../../../../metrics/statistics/rates.ts';

const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

/** Trials of an agent whose cut-ins are logistic in the logarithm of the pause: 50 % at `middle`, 10 % an `e`-fold over `slope` lower. */
function trialsOf(n: number, middle: number, slope: number, seed: number): Trial[] {
  const dice = chance(seed);
  return Array.from({ length: n }, () => {
    const dose = Math.exp(dice.between(Math.log(150), Math.log(4000)));
    return { dose, hit: dice.next() < logistic(slope * Math.log(dose / middle)) ? 1 : 0 };
  });
}

test('the curve that made the trials is found again', () => {
  const curve = psychometric(trialsOf(6000, 900, 5, 1), 'log');
  expect(Math.abs(Math.log(curve.doseAt(0.5) / 900))).toBeLessThan(0.05);
  expect(Math.abs(Math.log(curve.doseAt(0.1) / (900 * Math.exp(-Math.log(9) / 5))))).toBeLessThan(0.08);
  expect(curve.at(900)).toBeCloseTo(0.5, 1);
});

test('an agent with a sharp limit is placed between the last pause waited out and the first cut into', () => {
  const trials = [200, 400, 600, 800, 1000, 1500, 2000].map((dose) => ({ dose, hit: dose > 700 ? 1 : 0 }));
  const curve = psychometric(trials, 'log');
  expect(curve.doseAt(0.5)).toBeGreaterThan(600);
  expect(curve.doseAt(0.5)).toBeLessThan(800);
  expect(Number.isFinite(curve.doseAt(0.1))).toBe(true);
});

test('levels, which may be negative, are fitted as they are', () => {
  const trials = [-20, -15, -10, -5, 0, 5].flatMap((dose) => [1, 2].map(() => ({ dose, hit: dose > -8 ? 1 : 0 })));
  expect(psychometric(trials, 'linear').doseAt(0.5)).toBeCloseTo(-7.5, 0);
});

test('what never happened has no dose, and a curve that falls is no threshold', () => {
  const never = [500, 1000].map((dose) => ({ dose, hit: 0 }));
  expect(psychometric(never, 'log').doseAt(0.1)).toBe(Infinity);
  expect(
    psychometric(
      never.map(({ dose }) => ({ dose, hit: 1 })),
      'log',
    ).doseAt(0.1),
  ).toBe(-Infinity);
  const falling = [200, 400, 800, 1600].map((dose) => ({ dose, hit: dose < 500 ? 1 : 0 }));
  expect(psychometric(falling, 'log').doseAt(0.9)).toBe(Infinity);
  expect(psychometric([], 'log').doseAt(0.5)).toBe(Infinity);
});

test('thirty pauses waited out prove nothing at 10 %, forty do, and only for pauses as short', () => {
  const held = (n: number): Trial[] => Array.from({ length: n }, () => ({ dose: 1000, hit: 0 }));
  expect(exactDose(held(30), 0.1)).toEqual({ low: -Infinity, high: Infinity });
  expect(exactDose(held(40), 0.1)).toEqual({ low: 1000, high: Infinity });
  const cut = held(8).map(({ dose }) => ({ dose, hit: 1 }));
  expect(exactDose(cut, 0.5)).toEqual({ low: -Infinity, high: 1000 });
});

test('five turns that always agree are one observation', () => {
  const agreeing = Array.from({ length: 40 }, (_, i) => Array.from({ length: 5 }, () => i % 2));
  expect(designEffect(agreeing)).toBeCloseTo(5, 0);
  const dice = chance(4);
  const free = Array.from({ length: 400 }, () => Array.from({ length: 5 }, () => (dice.next() < 0.3 ? 1 : 0)));
  expect(designEffect(free)).toBeLessThan(1.3);
  expect(designEffect([[1, 1, 1]])).toBe(1);
  expect(designEffect([[0, 0], [0]])).toBe(1);
  expect(designEffect([])).toBe(1);
});

test('intervals that know of calls cover the truth where those that do not would not', () => {
  const dice = chance(11);
  const covered = { knowing: 0, naive: 0 };
  const runs = 200;
  for (let run = 0; run < runs; run++) {
    const calls = Array.from({ length: 25 }, () => {
      // Half of the agents' moods cut in on 60 % of turns, half on none: 30 % in all.
      const rate = dice.next() < 0.5 ? 0.6 : 0;
      return Array.from({ length: 8 }, () => (dice.next() < rate ? 1 : 0));
    });
    const hits = calls.flat().filter((value) => value === 1).length;
    const effect = designEffect(calls);
    const [knowing, naive] = [exactInterval(hits / effect, 200 / effect), exactInterval(hits, 200)];
    if (knowing.low <= 0.3 && knowing.high >= 0.3) covered.knowing++;
    if (naive.low <= 0.3 && naive.high >= 0.3) covered.naive++;
  }
  expect(covered.knowing / runs).toBeGreaterThan(0.92);
  expect(covered.naive / runs).toBeLessThan(0.8);
});
