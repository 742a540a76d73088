import type { Metric } from '../../harness/model/metric.ts';
import { pauseScores } from '../turns/dosed.ts';

/**
 * How long a pause inside something unfinished the agent waits out, as a curve: one observation per pause, 1 when it cut in. `at10` and
 * `at50` are the lengths at which it cuts in on 10 % and on 50 %; beyond the longest pause tried nothing is claimed.
 */
const pauseTolerance: Metric = {
  summary: 'length of a pause inside her turn at which the agent cuts in',
  unit: 'ms',
  better: 'higher',
  kind: 'curve',
  version: 2,
  needs: ['wire'],
  measure: (call) => pauseScores('pause_tolerance', call),
};

export default pauseTolerance;
