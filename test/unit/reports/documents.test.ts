import { expect, test } from 'vitest';
import { jsonReport, runDocument } from '../../../reports/json.ts';
import { junitReport } from '../../../reports/junit.ts';
import { sampleCall } from '../store/sample.ts';
import { CARLA, HOSTILE, MAYA, METRONOME, reportOf } from './sample.ts';

const report = reportOf([MAYA, { ...CARLA, notSeen: { task_success: ['office'] } }, METRONOME]);

test('the JSON document keeps its promised fields and survives a round trip', () => {
  const document = jsonReport(report);
  expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  expect(document.calls).toEqual([
    {
      id: 'maya-book-1',
      persona: 'maya',
      scenario: 'book-cleaning',
      line: 'sip',
      outcome: 'failed',
      reason: 'the agent talked over her at 0:14.2',
    },
    { id: 'carla-bill-1', persona: 'carla', scenario: 'book-cleaning', line: 'sip', outcome: 'passed' },
  ]);
  expect(document.metrics['turn_latency']).toEqual({ unit: 'ms', n: 5, censored: 0, p50: 312.4, low: 280, u: 4 });
  expect(document.metrics['task_success']).toMatchObject({ n: 0, notSeen: ['office'] });
  expect(document.gates.at(2)).toEqual({
    name: 'yield_rate rate >= 0.95',
    verdict: 'fail',
    value: 7 / 11,
    bound: 0.95,
    n: 11,
    low: expect.closeTo(0.308, 3),
    high: expect.closeTo(0.891, 3),
    withinResolution: false,
  });
});

test('a value that was not reached is null, and a number that JSON cannot hold is refused', () => {
  const [gate] = report.gates;
  const open = { ...report, gates: gate ? [{ ...gate, value: Infinity }] : [] };
  expect(jsonReport(open).gates[0]?.value).toBeNull();
  const broken = { ...report, metrics: { x: { unit: 'ms', better: 'lower', n: 1, censored: 0, u: NaN } as const } };
  expect(() => jsonReport(broken)).toThrow();
  expect(runDocument.safeParse({ schema: 'hangup.run/2' }).success).toBe(false);
});

test('a CI server never sees an invalid call or an open gate as green', () => {
  const invalid = sampleCall('lost-1', 'invalid', [], { reasons: ['late'] });
  const text = junitReport(reportOf([invalid], [{ metric: 'turn_latency', of: 'p50', limit: 800 }]));
  expect(text).toContain('<testsuite name="calls" tests="1" failures="0" errors="1" skipped="0" ');
  expect(text).toContain('<error type="invalid" message="late">late</error>');
  expect(text).toContain('<testsuite name="gates" tests="2" failures="2" errors="0" skipped="0" ');
  expect(text).toContain('name="turn_latency p50 &lt;= 800 ms"');
  expect(text).toContain('<failure type="inconclusive" message="nothing was observed">');
});

test('hostile words from an agent stay inside their attribute', () => {
  const hostile = sampleCall(HOSTILE, 'failed', [], { plan: { persona: HOSTILE }, reasons: [HOSTILE] });
  const text = junitReport(reportOf([hostile, METRONOME]));
  expect(text).not.toContain('<img');
  expect(text).not.toContain('\u0007');
  expect(text.match(/<testcase/g)).toHaveLength(1 + 3);
  expect(text).toContain('&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;');
});
