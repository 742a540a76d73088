import type { Bound, Kind, Metric, ScoredCall, Unit } from '../../../harness/model/metric.ts';
import { ORDINARY } from '../../../harness/model/metronome.ts';
import type { Programmed } from '../../../harness/model/metronome.ts';
import { ms } from '../../../harness/model/time.ts';
import { makeReport } from '../../../reports/report.ts';
import type { RunReport } from '../../../reports/report.ts';
import { sampleCall, samplePlan, sampleRun, sampleScore } from '../store/sample.ts';

/** Text that breaks whatever forgets to escape it. */
export const HOSTILE =
  '</script><img src=x onerror=alert(1)> ${alert(2)} & "quoted" \'too\' ]]> # *bold*\n\n\u0007<b> <audio data-recording="x">';

const known = (unit: Unit, better: Metric['better'], kind: Kind): Metric => ({
  summary: '',
  unit,
  better,
  kind,
  version: 1,
  needs: ['wire'],
  measure: () => [],
});

/** The metrics a sample run knows. */
export const METRICS: ReadonlyMap<string, Metric> = new Map([
  ['hang_up', known('rate', 'lower', 'rate')],
  ['turn_latency', known('ms', 'lower', 'latency')],
  ['stop_time', known('ms', 'lower', 'latency')],
  ['yield_rate', known('rate', 'higher', 'rate')],
  ['task_success', known('rate', 'higher', 'rate')],
]);

/** Gates that a run of the sample's size can be judged by. */
export const GATES: readonly Bound[] = [
  { metric: 'failed_call', of: 'max', limit: 1 },
  { metric: 'turn_latency', of: 'p50', limit: 800, on: 'estimate' },
  { metric: 'yield_rate', of: 'rate', limit: 0.95 },
];

const latencies = (...values: readonly number[]) =>
  values.map((value, n) => sampleScore('turn_latency', value, { of: `line-${n}`, at: ms(2000 + n * 3000) }));

const yields = [1, 1, 1, 0, 1, 1, 0, 0, 1, 0, 1].map((value, n) =>
  sampleScore('yield_rate', value, { class: 'interruption', of: `barge-${n}`, at: ms(value === 0 ? 14_200 : 3000) }),
);

/** An interrupter who was talked over four times of eleven. */
export const MAYA: ScoredCall = sampleCall('maya-book-1', 'failed', [...latencies(290, 312.4, 330), ...yields], {
  plan: { persona: 'maya' },
  reasons: ['the agent talked over her at 0:14.2'],
});

/** A caller with whom all went well. */
export const CARLA: ScoredCall = sampleCall('carla-bill-1', 'passed', latencies(280, 350), {
  plan: { persona: 'carla' },
});

const sound = { kind: 'vowel', lengthMs: 900, risesMs: 0 } as const;
const programmed: Programmed = {
  programme: {
    acts: [300, 500].map((replyMs) => ({ chirps: 1, replyMs, leadMs: 0, sound })),
    sender: {},
    jitterMs: 0,
    loss: 0,
  },
  truths: [300, 500].map(() => ({ onsetMs: 0, loud: [[0, 900]] })),
  notKept: [],
};
const chirp = (id: string) => ({ id, topic: '', pieces: [], manner: {}, facts: {}, again: [], onAgenda: true });

/** The instrument's check: replies programmed after 300 and 500 ms, measured 2 and 3.2 ms off. */
export const METRONOME: ScoredCall = sampleCall('metronome-1', 'passed', latencies(302, 503.2), {
  plan: samplePlan('metronome-1', {
    metronome: { conditions: ORDINARY, sounds: 'edges' },
    lines: [chirp('line-0'), chirp('line-1')],
  }),
  programmed,
});

/** A report of `calls`, as the harness would make it. */
export const reportOf = (calls: readonly ScoredCall[], gates: readonly Bound[] = GATES): RunReport =>
  makeReport(
    {
      ...sampleRun(
        'demo-20261122-101500',
        calls.map(({ head }) => head.id),
      ),
      gates,
    },
    calls,
    METRICS,
    { run: 'runs/demo-20261122-101500' },
  );
