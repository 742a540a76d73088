import type { Metric } from '../../harness/model/metric.ts';
import { stageScores } from '../turns/stages.ts';

/** How long the agent says it took for one stage of a reply: speaking: from the text to its first sound. Explains a latency, never decides it. */
const stageVoice: Metric = {
  summary: 'how long the agent says it took for speaking: from the text to its first sound',
  unit: 'ms',
  better: 'lower',
  kind: 'latency',
  version: 1,
  needs: ['claims'],
  measure: (call) => stageScores('stage_voice', 'voice', call),
};

export default stageVoice;
