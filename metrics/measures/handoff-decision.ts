import type { Metric } from '../../harness/model/metric.ts';
import { handoffOf } from '../turns/handoff.ts';
import { score } from '../turns/observe.ts';

const METRIC = 'handoff_decision';

const NOTES = {
  must: { right: 'handed over as it must', wrong: 'never handed over: a trapped caller' },
  'must-not': { right: 'kept the call as it must', wrong: 'handed over a call it should have kept' },
} as const;

/**
 * Whether the agent handed over when it must (class `must`) and kept the call when it must not (`must-not`); `may` says nothing.
 * To have rung a desk that did not take the call is to have tried, as a REFER is.
 */
const handoffDecision: Metric = {
  summary: 'share of calls that were handed over when they must be and kept when they must not',
  unit: 'rate',
  better: 'higher',
  kind: 'rate',
  version: 2,
  needs: ['wire'],
  measure(call) {
    const { truth } = call.plan.expect.handoff;
    if (truth === 'may' || call.plan.metronome) return [];
    const handoff = handoffOf(call);
    const right = (handoff !== undefined) === (truth === 'must');
    const note = NOTES[truth][right ? 'right' : 'wrong'];
    return [score(METRIC, right ? 1 : 0, { at: handoff?.at ?? call.over, of: 'handoff', class: truth, note })];
  },
};

export default handoffDecision;
