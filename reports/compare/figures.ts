import type { Bound, Score, ScoredCall, Unit } from '../../harness/model/metric.ts';
import { ms } from '../../harness/model/time.ts';
import { FAILED_CALLS, isSham } from '../../metrics/gate/bound.ts';

/** What agents are held against each other by. */
export interface Figure {
  /** In the words of a reader. */
  readonly name: string;
  readonly bound: Pick<Bound, 'metric'> & { readonly of: 'p50' | 'p95' | 'rate'; readonly limit: 0 };
  readonly unit: Unit;
  readonly better: 'lower' | 'higher';
  /** Its observations in a call, without shams. */
  readonly seen: (call: ScoredCall) => readonly Score[];
}

const figure = (
  name: string,
  metric: string,
  of: Figure['bound']['of'],
  unit: Unit,
  better: Figure['better'] = 'lower',
): Figure => ({
  name,
  bound: { metric, of, limit: 0 },
  unit,
  better,
  seen: ({ scores }) => scores.filter((score) => score.metric === metric && !isSham(score)),
});

const claimed = (stage: string): Figure => figure(`${stage}, as claimed, median`, `stage_${stage}`, 'p50', 'ms');

/** How soon she is answered, in the middle of all turns: what agents are ranked by. */
export const TURN_LATENCY = figure('turn latency, median', 'turn_latency', 'p50', 'ms');

/** Every figure, in the order of a table. */
export const FIGURES: readonly Figure[] = [
  TURN_LATENCY,
  figure('turn latency, p95', 'turn_latency', 'p95', 'ms'),
  figure('answer to an interruption, median', 'interrupt_recovery', 'p50', 'ms'),
  figure('stop time, median', 'stop_time', 'p50', 'ms'),
  figure('yields to her', 'yield_rate', 'rate', 'rate', 'higher'),
  figure('stops for nothing', 'false_barge_in', 'rate', 'rate'),
  {
    ...figure('failed calls', FAILED_CALLS, 'rate', 'rate'),
    seen: ({ outcome, plan }) => [
      {
        metric: FAILED_CALLS,
        value: outcome === 'failed' ? 1 : 0,
        censored: false,
        u: 0,
        at: ms(0),
        of: plan.id,
        class: '',
        note: '',
      },
    ],
  },
  ...['endpointing', 'ear', 'brain', 'voice'].map(claimed),
  figure('in no claimed stage, median', 'stage_residual', 'p50', 'ms'),
];
