import type { Metric } from '../../harness/model/metric.ts';
import { yieldScores } from '../turns/dosed.ts';

/** How loud an interruption must be for the agent to stop, as a curve over its level relative to her own speech, dB. */
const yieldByLevel: Metric = {
  summary: 'level of an interruption, against her own speech, at which the agent stops for half of them',
  unit: 'dB',
  better: 'lower',
  kind: 'curve',
  version: 1,
  needs: ['wire'],
  measure: (call) =>
    yieldScores(
      'yield_by_level',
      call,
      ({ event }) => call.plan.stimuli.find(({ id }) => id === event.id)?.manner.gainDb ?? 0,
    ),
};

export default yieldByLevel;
