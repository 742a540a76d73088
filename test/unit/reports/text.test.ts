import { expect, test } from 'vitest';
import type { Bound } from '../../../harness/model/metric.ts';
import { runName } from '../../../reports/agent.ts';
import { jsonReport } from '../../../reports/json.ts';
import { junitReport } from '../../../reports/junit.ts';
import { markdownReport } from '../../../reports/markdown.ts';
import { sentence } from '../../../reports/sentence.ts';
import { cardPage } from '../../../reports/summary.ts';
import { textReport } from '../../../reports/text.ts';
import { span } from '../../../reports/words.ts';
import { sampleCall } from '../store/sample.ts';
import { CARLA, MAYA, METRONOME, reportOf } from './sample.ts';

const blind = { ...CARLA, notSeen: { task_success: ['office'] as const } };

test('a reader of the summary sees what ran, what failed, where to listen and what to type next', () => {
  expect(textReport(reportOf([MAYA, blind, METRONOME]))).toBe(
    `
demo: 2 calls by 2 callers over sip to reference
1 passed, 1 failed; 1 metronome call; seed 4000000000
Instrument: measured to +-4 ms; no call lost to our own faults.

                        measured                    bound           n
failed calls            50 %                        max <= 100 %    2  ok
reply after caller      p50 312 ms (280 or more)    p50 <= 800 ms   5  ok
stops when interrupted  64 % (31-89)                >= 95 %        11  FAIL
right result            not seen: needs the office

calls of low stakes  open  1 of 2 calls failed (1-99 %, tolerated 10 %): nobody saw what came of these calls

Not seen in this run: task_success (needs the office).

Do not ship: the agent talked over 4 of 11 interruptions (36 %, 95 % interval 11-69 %, bound 5 %); hear maya at 0:14.2 of maya-book-1. All else held; measured to +-4 ms; no call lost to our own faults.

Recordings  runs/demo-20261122-101500/calls/*/audio.wav (left the caller, right the agent)
Your agent  hangup dial sip:agent@HOST:PORT`.slice(1),
  );
});

const LATENCY: Bound = { metric: 'turn_latency', of: 'p50', limit: 800, on: 'estimate' };
const held = [CARLA, METRONOME];

test('only a pass says ship', () => {
  expect(sentence(reportOf(held, [LATENCY]))).toBe(
    'Ship: all 2 gates held over 1 call; measured to +-4 ms; no call lost to our own faults.',
  );
  const others = [reportOf([MAYA, METRONOME]), reportOf([CARLA], [LATENCY]), reportOf([METRONOME], [LATENCY])];
  expect(others.map(({ verdict }) => verdict)).toEqual(['fail', 'inconclusive', 'invalid']);
  for (const report of others) expect(sentence(report)).not.toMatch(/^Ship/);
});

test('calls we lost ourselves are named, not averaged in', () => {
  const lost = sampleCall('lost-1', 'invalid', [], { reasons: ['the caller was 90 ms late at 0:03.1'] });
  const report = reportOf([...held, lost], [LATENCY]);
  expect(sentence(report)).toBe(
    'No verdict: 1 of 3 calls was lost to our own faults (first lost-1: the caller was 90 ms late at 0:03.1).',
  );
  expect(textReport(report)).toContain('1 passed, 1 invalid; 1 metronome call');
});

test('no call at all is no verdict', () => {
  expect(sentence(reportOf([], [LATENCY]))).toBe('No verdict: no call was made.');
});

test('a run that was stopped before any call ended claims nothing', () => {
  const left = sampleCall('later-1', 'not-run', []);
  const report = reportOf([left, METRONOME], [LATENCY, { metric: 'failed_call', of: 'max', limit: 0 }]);
  expect(sentence(report)).toBe('No verdict: no call to the agent came to its end.');
  expect(textReport(report)).toMatch(/failed calls +nothing observed +none +0 +open/);
});

test('an instrument that was wrong about the metronome gives no verdict', () => {
  const wrong = { ...METRONOME, scores: METRONOME.scores.map((score) => ({ ...score, value: score.value + 40 })) };
  expect(sentence(reportOf([CARLA, wrong], [LATENCY]))).toBe(
    'No verdict: the instrument measured the metronome wrong: it was up to 44 ms off.',
  );
});

test('an unchecked instrument is not called exact', () => {
  const text = sentence(reportOf([CARLA], [LATENCY]));
  expect(text).toContain('Too early to say: no metronome call checked the instrument. Nothing failed;');
  expect(text).toContain('instrument not checked');
});

test('a gate that cannot decide says why', () => {
  const report = reportOf(
    [{ ...MAYA, outcome: 'passed' }, METRONOME],
    [{ metric: 'yield_rate', of: 'rate', limit: 0.8 }],
  );
  expect(sentence(report)).toBe(
    'Too early to say: stops when interrupted: 63.6 % (95 % interval 30.8 % to 89.1 %), bound 80 %; 11 observations cannot tell. Nothing failed; measured to +-4 ms; no call lost to our own faults.',
  );
});

test('a run that fails by its calls names the first of them', () => {
  expect(sentence(reportOf([MAYA, CARLA, METRONOME], [LATENCY]))).toBe(
    'Do not ship: 1 of 2 calls failed, first maya-book-1: the agent talked over her at 0:14.2. All else held; measured to +-4 ms; no call lost to our own faults.',
  );
});

test('an open end of an interval stays open', () => {
  expect(span(280, Infinity, 'ms')).toBe('280 or more');
  expect(span(-Infinity, 0.004, 'rate')).toBe('up to 0.4');
  expect(span(0.11, 0.69, 'rate')).toBe('11-69');
});

test('whatever names a run says which of its stages were simulated', () => {
  const { manifest, ...rest } = reportOf([CARLA, METRONOME], [LATENCY]);
  const report = { ...rest, manifest: { ...manifest, makeup: { simulate: ['brain=lognormal(350,0.4)'] } } };
  const said = 'reference, simulated: brain=lognormal(350,0.4)';
  for (const output of [textReport, markdownReport, junitReport, cardPage]) {
    expect(output(report)).toContain('reference, simulated: brain');
  }
  expect(jsonReport(report).agent).toBe(said);
  expect(runName(report.manifest)).toContain('simulated');
});
