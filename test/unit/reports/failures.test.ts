import { expect, test } from 'vitest';
import type { ScoredCall } from '../../../harness/model/metric.ts';
import { causeOf, failuresOf } from '../../../reports/failures.ts';
import { jsonReport } from '../../../reports/json.ts';
import { markdownReport } from '../../../reports/markdown.ts';
import { reviewsOf } from '../../../reports/reviews.ts';
import { textReport } from '../../../reports/text.ts';
import { sampleCall } from '../store/sample.ts';
import { CARLA, METRONOME, reportOf } from './sample.ts';

const failed = (id: string, ...reasons: readonly string[]): ScoredCall => sampleCall(id, 'failed', [], { reasons });
const passed = (id: string): ScoredCall => sampleCall(id, 'passed', []);

const LATE = 'turn_latency: no reply in 10000 ms (hear 0:03.0)';
const before = {
  id: 'demo-20261121-101500',
  calls: [failed('a-1', LATE), failed('b-1', LATE, 'stop_time: went on (hear 0:09.1)'), failed('left-out-1', LATE)],
};
const now = [
  failed('a-1', 'turn_latency: no reply in 7000 ms (hear 0:04.0)'),
  passed('b-1'),
  failed('c-1', LATE, 'the agent hung up instead of replying (hear 0:12.0)'),
];

test('a failure is new, known or fixed against the last run, and a call that was not placed again is none of them', () => {
  expect(failuresOf({ calls: now, before })).toEqual([
    { cause: 'the agent hung up instead of replying', state: 'new', calls: ['c-1'], newCalls: ['c-1'] },
    { cause: 'turn_latency', state: 'known', calls: ['a-1', 'c-1'], newCalls: ['c-1'] },
    { cause: 'turn_latency', state: 'fixed', calls: ['b-1'], newCalls: [] },
    { cause: 'stop_time', state: 'fixed', calls: ['b-1'], newCalls: [] },
  ]);
});

test('without a run before nothing is called new', () => {
  expect(failuresOf({ calls: now }).map(({ state }) => state)).toEqual([undefined, undefined]);
  const report = reportOf([...now, METRONOME]);
  expect(jsonReport(report).since).toBeUndefined();
  expect(jsonReport(report).failures?.[0]).toEqual({ cause: 'turn_latency', calls: ['a-1', 'c-1'], newCalls: [] });
  expect(textReport(report)).not.toContain('by cause');
});

test('invalid calls are no failures, and what they were before is not fixed by them', () => {
  const lost = sampleCall('a-1', 'invalid', [], { reasons: [LATE] });
  expect(failuresOf({ calls: [lost], before })).toEqual([]);
});

test('two calls that went wrong in the same way have one cause, whatever the second and the figures', () => {
  expect(causeOf('the caller gave up: 6.1 s of silence (hear 0:14.2)')).toBe(
    causeOf('the caller gave up: 12 s of silence (hear 1:02.9)'),
  );
  expect(causeOf('stop_time: went on for 900 ms (hear 0:01.0, within the resolution)')).toBe('stop_time');
});

test('text, JSON and Markdown tell the same of what changed', () => {
  const report = { ...reportOf([...now, METRONOME]), before };
  expect(textReport(report)).toContain(
    [
      'Failed calls by cause, since demo-20261121-101500:',
      '  new    the agent hung up instead of replying: c-1',
      '  known  turn latency: a-1, c-1',
      '  fixed  turn latency: b-1',
      '  fixed  stop time: b-1',
    ].join('\n'),
  );
  expect(jsonReport(report)).toMatchObject({ since: before.id, failures: failuresOf(report) });
  expect(markdownReport(report)).toContain('| turn latency | known | 2, 1 new | a-1, c-1 |');
});

test('what listeners thought is counted, unless the call has another outcome by now', () => {
  const heard = (call: ScoredCall, verdict: 'agree' | 'disagree' | 'our-fault', of = call.outcome): ScoredCall => ({
    ...call,
    review: { verdict, of, note: 'cut off' },
  });
  const calls = [
    heard(failed('a-1', LATE), 'disagree'),
    heard(CARLA, 'agree'),
    heard(passed('b-1'), 'agree', 'failed'),
  ];
  expect(reviewsOf(calls)).toEqual({ agree: 1, disagree: 1, 'our-fault': 0 });
  expect(reviewsOf([CARLA])).toBeUndefined();
  const report = reportOf([...calls, METRONOME]);
  expect(textReport(report)).toContain('Reviews     2 calls listened to: 1 agreed with, 1 not, 0 our fault');
  expect(jsonReport(report)).toMatchObject({ reviews: { agree: 1, disagree: 1, 'our-fault': 0 } });
  expect(jsonReport(report).calls.map(({ review }) => review?.verdict)).toEqual(['disagree', 'agree', undefined]);
});
