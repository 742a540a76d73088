import type { Metric } from '../../harness/model/metric.ts';
import { stageScores } from '../turns/stages.ts';

/** How long the agent says it took for one stage of a reply: understanding the turn. Explains a latency, never decides it. */
const stageEar: Metric = {
  summary: 'how long the agent says it took for understanding the turn',
  unit: 'ms',
  better: 'lower',
  kind: 'latency',
  version: 1,
  needs: ['claims'],
  measure: (call) => stageScores('stage_ear', 'ear', call),
};

export default stageEar;
