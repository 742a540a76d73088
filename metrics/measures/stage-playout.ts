import type { Metric } from '../../harness/model/metric.ts';
import { stageScores } from '../turns/stages.ts';

/** How long the agent says it took for one stage of a reply: from its first sample to its first audible one. Explains a latency, never decides it. */
const stagePlayout: Metric = {
  summary: 'how long the agent says it took from the first sample of its voice to the first that can be heard',
  unit: 'ms',
  better: 'lower',
  kind: 'latency',
  version: 1,
  needs: ['claims'],
  measure: (call) => stageScores('stage_playout', 'playout', call),
};

export default stagePlayout;
