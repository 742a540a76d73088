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
  expect(metrics.length).toBeGreaterThan(20);
});

test.each(metrics)('%s says what it is', (_, metric) => {
  expect(metric.summary).toMatch(/^\S.*[^.]$/);
  expect(metric.needs.length).toBeGreaterThan(0);
  expect(metric.version).toBeGreaterThanOrEqual(1);
  if (metric.kind === 'rate') expect(metric.unit).toBe('rate');
  if (metric.kind === 'latency') expect(metric.unit).toBe('ms');
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
    }
    expect(JSON.parse(JSON.stringify(scores))).toEqual(scores);
  }
});

test('no call makes the judge of our own faults stumble', () => {
  for (const view of views) {
    for (const reason of invalidBecause(frozen(view))) expect(reason).not.toMatch(/NaN|undefined|Infinity/);
  }
});
