import { expect, test } from 'vitest';
import { simulatedBy } from '../../../agent/simulated.ts';
import { UsageError } from '../../../harness/model/errors.ts';
import { readSimulated } from '../../../harness/model/simulated.ts';

const turns = Array.from({ length: 4000 }, (_, index) => index + 1);
const sorted = (values: readonly number[]): readonly number[] => values.toSorted((a, b) => a - b);
const share = (values: readonly number[], at: number): number => sorted(values)[Math.floor(at * values.length)] ?? NaN;
const correlation = (a: readonly number[], b: readonly number[]): number => {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [ma, mb] = [mean(a), mean(b)];
  const product = (x: readonly number[], mx: number, y: readonly number[], my: number): number =>
    x.reduce((sum, value, index) => sum + (value - mx) * ((y[index] ?? 0) - my), 0);
  return product(a, ma, b, mb) / Math.sqrt(product(a, ma, a, ma) * product(b, mb, b, mb));
};

test('a simulated stage takes the times it was given: median and spread of the distribution', () => {
  const simulated = simulatedBy(readSimulated(['brain=lognormal(350,0.4)', 'voice=uniform(100,200)']));
  const brain = turns.map((turn) => simulated('brain', 7, turn));
  expect(share(brain, 0.5)).toBeGreaterThan(340);
  expect(share(brain, 0.5)).toBeLessThan(360);
  // 350 times exp(+-0.4): a standard deviation of the logarithm to either side of the median.
  expect(share(brain, 0.1587)).toBeCloseTo(350 * Math.exp(-0.4), -1.5);
  expect(share(brain, 0.8413)).toBeCloseTo(350 * Math.exp(0.4), -1.5);
  const voice = turns.map((turn) => simulated('voice', 7, turn));
  expect(share(voice, 0.5)).toBeCloseTo(150, -1);
  expect([Math.min(...voice) >= 100, Math.max(...voice) < 200]).toEqual([true, true]);
});

test('the same call draws the same times, and no stage, turn or call draws those of another', () => {
  const times = readSimulated(['ear=exponential(200)', 'brain=exponential(200)']);
  const [one, again] = [simulatedBy(times), simulatedBy(times)];
  const of = (simulated: typeof one, stage: 'ear' | 'brain', seed: number): readonly number[] =>
    turns.map((turn) => simulated(stage, seed, turn));
  expect(of(one, 'brain', 5)).toEqual(of(again, 'brain', 5));
  expect(new Set(of(one, 'brain', 5)).size).toBe(turns.length);
  expect(Math.abs(correlation(of(one, 'brain', 5), of(one, 'ear', 5)))).toBeLessThan(0.05);
  expect(Math.abs(correlation(of(one, 'brain', 5), of(one, 'brain', 6)))).toBeLessThan(0.05);
  const brain = of(one, 'brain', 5);
  expect(Math.abs(correlation(brain.slice(1), brain.slice(0, -1)))).toBeLessThan(0.05);
});

test('a stage that is not simulated waits for nothing', () => {
  const simulated = simulatedBy(readSimulated(['brain=900']));
  expect(simulated('ear', 1, 1)).toBe(0);
  expect(simulated('voice', 1, 1)).toBe(0);
  expect(simulated('brain', 1, 1)).toBe(900);
});

test.each([
  ['mouth=900', /takes ear, brain or voice/],
  ['brain', /takes a time in ms/],
  ['brain=-5', /takes a time in ms/],
  ['brain=lognormal(350)', /takes a time in ms/],
  ['brain=uniform(300,200)', /takes a time in ms/],
])('%s is refused in one sentence', (word, message) => {
  expect(() => readSimulated([word])).toThrow(UsageError);
  expect(() => readSimulated([word])).toThrow(message);
});

test('one stage cannot take two times', () => {
  expect(() => readSimulated(['brain=100', 'brain=900'])).toThrow(/names brain twice/);
});
