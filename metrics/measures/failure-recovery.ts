import type { Metric } from '../../harness/model/metric.ts';
import { attemptsOf, backAfter } from '../turns/attempts.ts';
import { combined, inMs, score, STAMP_ERROR } from '../turns/observe.ts';

const METRIC = 'failure_recovery';

/**
 * From a failed attempt to hand over to the agent's voice: within 4 s she should know. It runs from the desk's refusal, or
 * from where a desk began to ring in vain. Censored where she or the end came first; an agent that hangs up never comes back.
 */
const failureRecovery: Metric = {
  summary: "from a desk's refusal, or its first ring in vain, to the agent's voice",
  unit: 'ms',
  better: 'lower',
  kind: 'latency',
  version: 2,
  needs: ['wire'],
  measure(call) {
    return attemptsOf(call).flatMap((attempt) => {
      const { failed } = attempt;
      if (!failed) return [];
      const back = backAfter(call, attempt, failed);
      const about = { at: failed.since, of: 'transfer' };
      if (back) {
        const value = Math.max(0, back.onset - failed.since);
        const u = combined(back.u.onset, STAMP_ERROR);
        return [score(METRIC, value, { ...about, u, note: `${failed.why}: back with her after ${inMs(value)}` })];
      }
      const value = Math.max(0, call.over - failed.since);
      const lost = call.events.some((event) => event.kind === 'ended' && event.ending.by === 'them');
      const note = `${failed.why}: never came back to her`;
      return [score(METRIC, value, { ...about, u: STAMP_ERROR, censored: true, lost, note })];
    });
  },
};

export default failureRecovery;
