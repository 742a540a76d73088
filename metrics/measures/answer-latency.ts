import type { Metric } from '../../harness/model/metric.ts';
import { combined, inMs, score, STAMP_ERROR } from '../turns/observe.ts';
import { callerSpeech } from '../turns/spans.ts';
import { LONGEST_WAIT } from '../turns/turns.ts';

const METRIC = 'answer_latency';

/** From the answer (200 OK) to the agent's first audible sound. Comfort noise is not speech. */
const answerLatency: Metric = {
  summary: 'from the answer of the call to the first sound of the agent',
  unit: 'ms',
  better: 'lower',
  kind: 'latency',
  version: 1,
  needs: ['wire'],
  measure(call) {
    const answered = call.events.find(({ kind }) => kind === 'answered');
    if (!answered) return [];
    const first = call.utterances[0];
    const limit = Math.min(call.over, callerSpeech(call)[0]?.from ?? Infinity, answered.at + LONGEST_WAIT);
    const about = { at: answered.at, of: 'answer', class: '' };
    if (first && first.onset <= limit) {
      const value = first.onset - answered.at;
      const u = combined(first.u.onset, STAMP_ERROR);
      return [score(METRIC, value, { ...about, u, note: `first sound ${inMs(value)} after the answer` })];
    }
    const value = limit - answered.at;
    return [
      score(METRIC, value, { ...about, censored: true, u: STAMP_ERROR, note: `nothing heard in ${inMs(value)}` }),
    ];
  },
};

export default answerLatency;
