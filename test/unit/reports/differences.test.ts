import { expect, test } from 'vitest';
import { ms } from '../../../harness/model/time.ts';
import { differenceBootstrap } from '../../../metrics/statistics/bootstrap.ts';
import { differences } from '../../../reports/site/pages/compare/differences.ts';
import type { RunReport } from '../../../reports/report.ts';
import { sampleCall, sampleScore } from '../store/sample.ts';
import { METRONOME, reportOf } from './sample.ts';

/** `calls` calls of two replies and an interruption each; every fifth call fails when `fails`. */
const runOf = (calls: number, base: number, fails: boolean): RunReport =>
  reportOf([
    ...Array.from({ length: calls }, (_, n) =>
      sampleCall(`call-${n}`, fails && n % 5 === 0 ? 'failed' : 'passed', [
        sampleScore('turn_latency', base + n, { of: 'a', at: ms(1000) }),
        sampleScore('turn_latency', base + 3 * n, { of: 'b', at: ms(9000) }),
        sampleScore('yield_rate', 1, { class: 'interruption' }),
        sampleScore('yield_rate', 0, { class: 'sham:interruption' }),
      ]),
    ),
    METRONOME,
  ]);
const figure = (a: RunReport, b: RunReport, name: string) => differences(a, b).find((one) => one.name === name);

test('a slower run is worse, a run against itself is not told apart, and both stay the same when asked again', () => {
  const [fast, slow] = [runOf(40, 300, false), runOf(40, 600, false)];
  const found = figure(fast, slow, 'turn latency, median');
  expect(found).toMatchObject({ found: 'worse', calls: [40, 40] });
  expect((found?.other ?? 0) - (found?.first ?? 0)).toBe(300);
  expect(found?.interval?.low).toBeGreaterThan(250);
  expect(found?.interval?.high).toBeLessThan(350);
  expect(figure(slow, fast, 'turn latency, median')?.found).toBe('better');
  expect(figure(fast, fast, 'turn latency, median')?.found).toBe('not told apart');
  expect(differences(fast, slow)).toEqual(differences(fast, slow));
});

test('calls that are all alike, or too few of them, tell nothing of chance', () => {
  const [few, many] = [runOf(9, 300, true), runOf(40, 600, true)];
  expect(figure(few, many, 'turn latency, median')).toMatchObject({ interval: undefined, found: 'not told apart' });
  expect(figure(many, many, 'yields to her')).toMatchObject({ first: 1, other: 1, interval: undefined });
});

test('shams and metronome calls count for no run, and what was not observed has no difference', () => {
  const found = differences(runOf(40, 300, false), runOf(40, 300, true));
  expect(found.map(({ name }) => name)).toEqual([
    'turn latency, median',
    'turn latency, p95',
    'yields to her',
    'failed calls',
  ]);
  expect(found.find(({ name }) => name === 'failed calls')).toMatchObject({ first: 0, other: 0.2, found: 'worse' });
});

test('a 95th percentile of too few replies is not compared', () => {
  expect(figure(runOf(20, 300, false), runOf(40, 300, false), 'turn latency, p95')).toBeUndefined();
});

test('each side is drawn by itself, and draws that do not tell are not passed over', () => {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const ask = { seed: 3, rounds: 400, confidence: 0.95 };
  const side = Array.from({ length: 30 }, (_, n) => [n]);
  const interval = differenceBootstrap(side, side, mean, ask);
  expect(interval?.low).toBeLessThan(-2);
  expect(interval?.high).toBeGreaterThan(2);
  const seldom = (values: readonly number[]): number | undefined => (values.includes(0) ? mean(values) : undefined);
  expect(differenceBootstrap(side, side, seldom, ask)).toBeUndefined();
  expect(differenceBootstrap([], side, mean, ask)).toBeUndefined();
});
