import { expect, test } from 'vitest';
import type { RunReport } from '../../../reports/report.ts';
import { sentence } from '../../../reports/sentence.ts';
import { textReport } from '../../../reports/text.ts';
import { listenAt, span } from '../../../reports/words.ts';
import { sampleCall } from '../store/sample.ts';
import { failingReport } from './sample.ts';

test('a reader of the summary sees what ran, what failed, where to listen and what to type next', () => {
  expect(textReport(failingReport)).toBe(
    `
demo: 2 calls by 2 callers over sip to reference
1 passed, 1 failed; 1 metronome call; seed 4000000000
Instrument: measured to +-4 ms; no call lost to our own faults.

                        measured                    bound           n
would have hung up      0 % (0-84)                                  2
reply after caller      p50 312 ms (280-more)       p50 <= 800 ms  41  ok
stops when interrupted  64 % (31-89)                >= 95 %        11  FAIL
right result            not seen: needs the office

Not seen in this run: task_success (needs the office).

Do not ship: the agent talked over 4 of 11 interruptions (36 %, 95 % interval 11-69 %, bound 5 %); hear maya at 0:14.2 of maya-book-1. All else held; measured to +-4 ms; no call lost to our own faults.

Recordings  runs/demo-20261122-101500/calls/*/audio.wav (left the caller, right the agent)
Your agent  hangup dial sip:agent@HOST:PORT`.slice(1),
  );
});

const changed = (changes: Partial<RunReport>): RunReport => ({ ...failingReport, ...changes });
const [latency, yielding] = failingReport.gates;

test('only a pass says ship', () => {
  const passed = changed({ verdict: 'pass', gates: latency ? [latency] : [] });
  expect(sentence(passed)).toBe(
    'Ship: the gate held over 2 calls; measured to +-4 ms; no call lost to our own faults.',
  );
  for (const verdict of ['fail', 'inconclusive', 'invalid'] as const) {
    expect(sentence(changed({ verdict }))).not.toMatch(/^Ship/);
  }
});

test('calls we lost ourselves are named, not averaged in', () => {
  const lost = sampleCall('lost-1', 'invalid', [], { reasons: ['the caller was 90 ms late at 0:03.1'] });
  const report = changed({ verdict: 'invalid', calls: [...failingReport.calls, lost] });
  expect(sentence(report)).toBe(
    'No verdict: 1 of 4 calls were lost to our own faults (first: the caller was 90 ms late at 0:03.1).',
  );
  expect(textReport(report)).toContain('1 passed, 1 failed, 1 invalid');
});

test('no call at all is no verdict', () => {
  expect(sentence(changed({ verdict: 'invalid', calls: [], gates: [] }))).toBe('No verdict: no call was made.');
});

test('an unchecked instrument is not called exact', () => {
  expect(sentence(changed({ accuracy: [] }))).toContain('instrument not checked');
});

test('a gate that cannot decide says how little it saw', () => {
  const open = yielding ? [{ ...yielding, verdict: 'inconclusive' as const, n: 3 }] : [];
  expect(sentence(changed({ verdict: 'inconclusive', gates: open }))).toBe(
    'Too early to say: stops when interrupted needs more than 3 observations, 64 % so far. Nothing failed; measured to +-4 ms; no call lost to our own faults.',
  );
});

test('a run that fails by its calls names the first of them', () => {
  expect(sentence(changed({ gates: [] }))).toContain(
    'Do not ship: 1 call failed, first maya-book-1: the agent talked over her at 0:14.2.',
  );
});

test('seconds to listen to do not round into sixty', () => {
  expect([0, 59_960, 60_000, 125_449].map(listenAt)).toEqual(['0:00.0', '1:00.0', '1:00.0', '2:05.4']);
  expect(span({ low: 0.004, high: 1 }, 'rate')).toBe('0.4-100');
});
