import type { Metric } from '../../harness/model/metric.ts';
import { isSpeech } from '../turns/utterances.ts';
import { handoffOf } from '../turns/handoff.ts';
import { inMs, score } from '../turns/observe.ts';

const METRIC = 'post_handoff_leak';

/** How long the agent is heard on its leg after the desk's media joined: the two would talk at once. */
const postHandoffLeak: Metric = {
  summary: "how long the agent is heard after the desk's media joined",
  unit: 'ms',
  better: 'lower',
  kind: 'amount',
  version: 1,
  needs: ['wire'],
  measure(call) {
    const joined = handoffOf(call)?.joined;
    if (!joined) return [];
    const late = call.activity.agent.filter(isSpeech).filter(({ end }) => end > joined.at);
    const value = late.reduce((sum, { onset, end }) => sum + end - Math.max(onset, joined.at), 0);
    const u = late.length === 0 ? 0 : Math.hypot(...late.map(({ u: errors }) => errors.end));
    const note = value > 0 ? `heard for ${inMs(value)} beside the desk` : 'silent once the desk was there';
    return [score(METRIC, value, { at: joined.at, of: joined.desk, class: joined.desk, u, note })];
  },
};

export default postHandoffLeak;
