import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { CallView, Metric } from '../../harness/model/metric.ts';
import { invalidBecause } from '../../metrics/fidelity/judge.ts';
import lateness from '../../metrics/fidelity/lateness.ts';
import snr from '../../metrics/fidelity/snr.ts';
import stimulusTiming from '../../metrics/fidelity/stimulus-timing.ts';
import unfired from '../../metrics/fidelity/unfired.ts';
import { goldens, viewOf, type Golden } from '../golden/golden.ts';
import { measures } from '../golden/measures.ts';

const fidelity: readonly [string, Metric][] = [
  ['lateness', lateness],
  ['snr', snr],
  ['stimulus_timing', stimulusTiming],
  ['unfired', unfired],
];
const metrics: readonly [string, Metric][] = [...(await measures()), ...fidelity];

/** The call as it would be stored had it broken off at `at`. */
const brokenOff = (golden: Golden, at: number): Golden => ({
  ...golden,
  agent: golden.agent.filter(({ onset }) => onset < at),
  desk: (golden.desk ?? []).filter(({ onset }) => onset < at),
  events: golden.events.filter(
    (event) => ('onset' in event && event.onset !== undefined ? event.onset : (event.at ?? 0)) < at,
  ),
});

const EMPTY: Golden = { about: 'Nothing happened.', agent: [], events: [], expect: { outcome: '', scores: {} } };

/** Every golden call whole, and broken off at eight moments; and a call in which nothing happened. */
const views: readonly CallView[] = [
  viewOf(EMPTY),
  ...[...goldens().values()].flatMap((golden) =>
    [Infinity, 1, 1200, 2100, 4750, 6100, 7950, 13_100, 21_050].map((at) => viewOf(brokenOff(golden, at))),
  ),
];

/** Freezes a value all the way down, so that a measure that writes throws. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value) && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}

test('there are measures to hold to their role', () => {
  expect(metrics.length).toBeGreaterThan(60);
});

test.each(metrics)('%s says what it is', (_, metric) => {
  expect(metric.summary).toMatch(/^\S.*[^.]$/);
  expect(metric.needs.length).toBeGreaterThan(0);
  expect(metric.version).toBeGreaterThanOrEqual(1);
  if (metric.kind === 'rate') expect(metric.unit).toBe('rate');
  if (metric.kind === 'latency' || metric.kind === 'tradeoff') expect(metric.unit).toBe('ms');
  if (metric.anyOf) expect(metric.anyOf.length).toBeGreaterThan(1);
});

const table = readFileSync(new URL('../../metrics/README.md', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| `') && line.split('|').length === 9)
  .map((line) => line.split('|').map((cell) => cell.trim()));

test.each([...(await measures())])('the table tells the truth of %s, and a golden call shows it', (name, metric) => {
  const row = table.find(([, first = '']) => first.match(/^`([a-z0-9_]+)`/)?.[1] === name);
  const [, , unit, better, evidence = '', , , golden = ''] = row ?? [];
  expect({ unit, better }).toEqual({ unit: metric.unit, better: metric.better });
  const words = metric.anyOf ? ['words'] : [];
  expect(evidence.split(', ')).toEqual([...metric.needs, ...words]);
  const shown = goldens().get(golden.replaceAll('`', ''))?.expect.scores[name];
  expect(shown?.length, `metrics/README.md names a golden call that shows ${name}`).toBeGreaterThan(0);
});

test('the table has no metric that is not there', async () => {
  const known = await measures();
  const named = table.flatMap(([, first = '']) => first.match(/^`([a-z0-9_]+)`/)?.[1] ?? []);
  expect(named.filter((name) => !known.has(name))).toEqual([]);
});

test.each(metrics)('%s gives the same finite scores twice, of empty, whole and broken-off calls', (name, metric) => {
  for (const view of views) {
    const scores = metric.measure(frozen(view));
    expect(metric.measure(view)).toEqual(scores);
    for (const score of scores) {
      expect(score.metric).toBe(name);
      expect([score.value, score.u, score.at].every(Number.isFinite)).toBe(true);
      expect(score.u).toBeGreaterThanOrEqual(0);
      expect(score.of).not.toBe('');
      expect(score.note).not.toMatch(/NaN|undefined|Infinity/);
      if (metric.kind === 'rate') expect([0, 0.5, 1]).toContain(score.value);
      if (metric.kind === 'curve') expect([0, 1]).toContain(score.value);
      if (metric.kind === 'curve') expect(Number.isFinite(score.dose)).toBe(true);
      if (metric.kind !== 'curve' && metric.kind !== 'tradeoff') expect(score.dose).toBeUndefined();
    }
    expect(JSON.parse(JSON.stringify(scores))).toEqual(scores);
  }
});

test('no call makes the judge of our own faults stumble', () => {
  for (const view of views) {
    for (const reason of invalidBecause(frozen(view))) expect(reason).not.toMatch(/NaN|undefined|Infinity/);
  }
});
