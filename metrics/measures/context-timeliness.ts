import type { Metric } from '../../harness/model/metric.ts';
import { handoffOf } from '../turns/handoff.ts';
import { inMs, score } from '../turns/observe.ts';

const METRIC = 'context_timeliness';

/** Whether the context was at the office when the desk's media began: a person who greets her reads it first. No packet at all: no. */
const contextTimeliness: Metric = {
  summary: 'share of handoffs whose context is there when the desk answers',
  unit: 'rate',
  better: 'higher',
  kind: 'rate',
  version: 1,
  needs: ['office'],
  measure(call) {
    const joined = handoffOf(call)?.joined;
    if (!joined) return [];
    const packet = call.events.find(({ kind }) => kind === 'packet');
    const early = packet ? joined.at - packet.at : -1;
    const note = !packet
      ? 'no context came'
      : `context ${inMs(Math.abs(early))} ${early >= 0 ? 'before' : 'after'} the desk's media`;
    return [score(METRIC, packet && early >= 0 ? 1 : 0, { at: joined.at, of: joined.desk, class: joined.desk, note })];
  },
};

export default contextTimeliness;
