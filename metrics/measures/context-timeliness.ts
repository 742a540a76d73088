import type { Metric } from '../../harness/model/metric.ts';
import { handoffOf } from '../turns/handoff.ts';
import { inMs, score } from '../turns/observe.ts';

const METRIC = 'context_timeliness';

/**
 * Whether the context was at the office when somebody was at the desk to read it: at its media with her, or before, when
 * it took the call of an agent that asked first. No packet at all: no.
 */
const contextTimeliness: Metric = {
  summary: 'share of handoffs whose context is there when the desk answers',
  unit: 'rate',
  better: 'higher',
  kind: 'rate',
  version: 2,
  needs: ['office'],
  measure(call) {
    const handoff = handoffOf(call);
    if (!handoff?.joined) return [];
    const { joined, answered = joined.at } = handoff;
    const packet = call.events.find(({ source, kind }) => source === 'office' && kind === 'packet');
    const early = packet ? answered - packet.at : -1;
    const note = !packet
      ? 'no context came'
      : `context ${inMs(Math.abs(early))} ${early >= 0 ? 'before' : 'after'} the desk was there`;
    return [score(METRIC, packet && early >= 0 ? 1 : 0, { at: joined.at, of: joined.desk, class: joined.desk, note })];
  },
};

export default contextTimeliness;
