import type { Metric } from '../../harness/model/metric.ts';
import { pauseScores } from '../turns/dosed.ts';
import turnLatency from './turn-latency.ts';

const METRIC = 'eot_tradeoff';

/**
 * What the agent's judgement of a turn's end is worth: its median reply latency minus the pause it tolerates at 10 %. An
 * agent that only waits longer, or only answers sooner, does not move it; one that knows when a sentence is finished lowers it.
 * Observations with a dose are pauses, those without are replies.
 */
const eotTradeoff: Metric = {
  summary: 'median reply latency minus the pause tolerated at 10 %',
  unit: 'ms',
  better: 'lower',
  kind: 'tradeoff',
  version: 2,
  needs: ['wire'],
  measure: (call) => [
    ...turnLatency.measure(call).map((score) => ({ ...score, metric: METRIC, class: 'reply' })),
    ...pauseScores(METRIC, call),
  ],
};

export default eotTradeoff;
