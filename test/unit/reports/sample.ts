import { ms } from '../../../harness/model/time.ts';
import { sampleCall, samplePlan, sampleRun, sampleScore } from '../store/sample.ts';
import type { RunReport } from '../../../reports/report.ts';

/** Text that breaks whatever forgets to escape it. */
export const HOSTILE = '</script><img src=x onerror=alert(1)> ${alert(2)} & "quoted" \'too\' ]]> # *bold*\n\n\u0007<b>';

const programme = { replyMs: [300], stopMs: [-1], replyLengthMs: 900 };

const yields = [1, 1, 1, 0, 1, 1, 0, 0, 1, 0, 1].map((value, n) =>
  sampleScore('yield_rate', value, { class: 'interruption', of: `barge-${n}`, at: ms(value === 0 ? 14_200 : 3000) }),
);

/** A run in which the agent talked over callers, and all else held. */
export const failingReport: RunReport = {
  manifest: sampleRun('demo-20261122-101500', ['maya-book-1', 'carla-bill-1', 'metronome-1']),
  calls: [
    sampleCall('maya-book-1', 'failed', [sampleScore('turn_latency', 312.4), ...yields], {
      plan: { persona: 'maya' },
      reasons: ['the agent talked over her at 0:14.2'],
    }),
    sampleCall('carla-bill-1', 'passed', [sampleScore('turn_latency', 290)], { plan: { persona: 'carla' } }),
    sampleCall('metronome-1', 'passed', [], { plan: samplePlan('metronome-1', { metronome: programme }) }),
  ],
  metrics: {
    hang_up: { unit: 'rate', better: 'lower', n: 2, censored: 0, rate: 0, u: 0, interval: { low: 0, high: 0.84 } },
    turn_latency: {
      unit: 'ms',
      better: 'lower',
      n: 41,
      censored: 1,
      p50: 312.4,
      u: 3.1,
      interval: { low: 280, high: Infinity },
    },
    yield_rate: {
      unit: 'rate',
      better: 'higher',
      n: 11,
      censored: 0,
      rate: 7 / 11,
      u: 0,
      interval: { low: 0.31, high: 0.89 },
    },
    task_success: { unit: 'rate', better: 'higher', n: 0, censored: 0, u: 0, notSeen: ['office'] },
  },
  gates: [
    {
      name: 'turn_latency p50',
      bound: { metric: 'turn_latency', of: 'p50', limit: 800 },
      verdict: 'pass',
      value: 312.4,
      interval: { low: 280, high: Infinity },
      n: 41,
    },
    {
      name: 'yield_rate',
      bound: { metric: 'yield_rate', of: 'rate', limit: 0.95 },
      verdict: 'fail',
      value: 7 / 11,
      interval: { low: 0.308, high: 0.891 },
      n: 11,
    },
  ],
  accuracy: [{ metric: 'turn_latency', n: 24, biasMs: 0.2, medianAbsMs: 0.9, p95AbsMs: 3.4, maxAbsMs: 4.1 }],
  verdict: 'fail',
  paths: { run: 'runs/demo-20261122-101500' },
};
