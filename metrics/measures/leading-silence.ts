import type { Metric } from '../../harness/model/metric.ts';
import { combined, inMs, score, STAMP_ERROR } from '../turns/observe.ts';

const METRIC = 'leading_silence';

/** From the agent's first packet to its first audible sound: what a clock that counts packets does not see. A diagnostic. */
const leadingSilence: Metric = {
  summary: "from the agent's first media packet to its first audible sound",
  unit: 'ms',
  better: 'lower',
  kind: 'latency',
  version: 1,
  needs: ['wire'],
  measure(call) {
    const first = call.utterances[0];
    if (call.mediaFrom === undefined || !first) return [];
    const value = Math.max(0, first.onset - call.mediaFrom);
    const u = combined(first.u.onset, STAMP_ERROR);
    return [
      score(METRIC, value, {
        at: call.mediaFrom,
        of: 'answer',
        u,
        note: `silent for ${inMs(value)} after its first packet`,
      }),
    ];
  },
};

export default leadingSilence;
