import type { Metric } from '../../harness/model/metric.ts';
import { combined, inMs, score, STAMP_ERROR } from '../turns/observe.ts';

const METRIC = 'failure_recovery';

/** From a failed transfer to the agent's voice: within 4 s she should know. Censored where she or the end came first; an agent that hangs up never comes back. */
const failureRecovery: Metric = {
  summary: "from a failed transfer to the agent's voice",
  unit: 'ms',
  better: 'lower',
  kind: 'latency',
  version: 1,
  needs: ['wire'],
  measure(call) {
    return call.events
      .filter((event) => event.kind === 'transfer-failed')
      .map((failed) => {
        const back = call.utterances.find(({ end }) => end > failed.at);
        const about = { at: failed.at, of: 'transfer' };
        if (back) {
          const value = Math.max(0, back.onset - failed.at);
          const u = combined(back.u.onset, STAMP_ERROR);
          return score(METRIC, value, { ...about, u, note: `back with her after ${inMs(value)}` });
        }
        const value = Math.max(0, call.over - failed.at);
        const lost = call.events.some((event) => event.kind === 'ended' && event.ending.by === 'them');
        return score(METRIC, value, { ...about, u: STAMP_ERROR, censored: true, lost, note: 'never came back to her' });
      });
  },
};

export default failureRecovery;
