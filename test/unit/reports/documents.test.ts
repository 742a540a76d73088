import { expect, test } from 'vitest';
import { jsonReport, runDocument } from '../../../reports/json.ts';
import { junitReport } from '../../../reports/junit.ts';
import { sampleCall } from '../store/sample.ts';
import { failingReport, HOSTILE } from './sample.ts';

const hostileCall = sampleCall(HOSTILE, 'failed', [], { plan: { persona: HOSTILE }, reasons: [HOSTILE] });
const hostile = { ...failingReport, calls: [hostileCall] };

test('the JSON document keeps its promised fields and survives a round trip', () => {
  const document = jsonReport(failingReport);
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
  expect(document.metrics['turn_latency']).toEqual({
    unit: 'ms',
    n: 41,
    censored: 1,
    p50: 312.4,
    u: 3.1,
    interval: [280, null],
  });
  expect(document.metrics['task_success']?.notSeen).toEqual(['office']);
  expect(document.gates[1]).toEqual({ name: 'yield_rate', verdict: 'fail', value: 7 / 11, bound: 0.95, n: 11 });
});

test('a document with a number that JSON cannot hold is refused, not printed as null', () => {
  const broken = {
    ...failingReport,
    metrics: { x: { unit: 'ms', better: 'lower', n: 1, censored: 0, u: NaN } as const },
  };
  expect(() => jsonReport(broken)).toThrow();
  expect(runDocument.safeParse({ schema: 'hangup.run/2' }).success).toBe(false);
});

test('a CI server never sees an invalid call or an open gate as green', () => {
  const [gate] = failingReport.gates;
  const invalid = sampleCall('lost-1', 'invalid', [], { reasons: ['late'] });
  const open = gate ? [{ ...gate, verdict: 'inconclusive' as const }] : [];
  const text = junitReport({ ...failingReport, calls: [invalid], gates: open });
  expect(text).toContain('<testsuite name="calls" tests="1" failures="0" errors="1" skipped="0">');
  expect(text).toContain('<error message="late">late</error>');
  expect(text).toContain('<testsuite name="gates" tests="1" failures="1" errors="0" skipped="0">');
  expect(text).toContain(
    '<failure type="inconclusive" message="inconclusive: 312 ms over 41, bound p50 &lt;= 800 ms"/>',
  );
});

test('hostile words from an agent stay inside their attribute', () => {
  const text = junitReport(hostile);
  expect(text).not.toContain('<img');
  expect(text).not.toContain('\u0007');
  expect(text.match(/<testcase/g)).toHaveLength(1 + hostile.gates.length);
  expect(text).toContain('&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;');
});
