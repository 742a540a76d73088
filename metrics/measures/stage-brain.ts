import type { Metric } from '../../harness/model/metric.ts';
import { stageScores } from '../turns/stages.ts';

/** How long the agent says it took for one stage of a reply: thinking of the reply. Explains a latency, never decides it. */
const stageBrain: Metric = {
  summary: 'how long the agent says it took for thinking of the reply',
  unit: 'ms',
  better: 'lower',
  kind: 'latency',
  version: 1,
  needs: ['claims'],
  measure: (call) => stageScores('stage_brain', 'brain', call),
};

export default stageBrain;
