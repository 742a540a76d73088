import type { Metric } from '../../harness/model/metric.ts';
import { stageScores } from '../turns/stages.ts';

/** How long the agent says it took for one stage of a reply: deciding that the caller's turn is over. Explains a latency, never decides it. */
const stageEndpointing: Metric = {
  summary: "how long the agent says it took for deciding that the caller's turn is over",
  unit: 'ms',
  better: 'lower',
  kind: 'latency',
  version: 1,
  needs: ['claims'],
  measure: (call) => stageScores('stage_endpointing', 'endpointing', call),
};

export default stageEndpointing;
