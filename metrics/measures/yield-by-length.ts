import type { Metric } from '../../harness/model/metric.ts';
import { yieldScores } from '../turns/dosed.ts';

/** How long an interruption must be for the agent to stop, as a curve: one observation per interruption, 1 when it stopped for good within 2 s of its onset. */
const yieldByLength: Metric = {
  summary: 'length of an interruption at which the agent stops for half of them',
  unit: 'ms',
  better: 'lower',
  kind: 'curve',
  version: 1,
  needs: ['wire'],
  measure: (call) => yieldScores('yield_by_length', call, ({ event }) => event.end - event.onset),
};

export default yieldByLength;
