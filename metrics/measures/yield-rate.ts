import type { Metric } from '../../harness/model/metric.ts';
import { classOf, inMs, score } from '../turns/observe.ts';
import { YIELDS_WITHIN, yieldedWithin } from '../turns/yielding.ts';

const METRIC = 'yield_rate';

/** Share of interruptions to which the agent stops for good within 1 s of their onset. Shams: `sham:KIND`. */
const yieldRate: Metric = {
  summary: 'share of interruptions after which the agent stops for good within 1 s',
  unit: 'rate',
  better: 'higher',
  kind: 'rate',
  version: 1,
  needs: ['wire'],
  measure(call) {
    return call.reactions
      .filter(({ event, into }) => event.takesFloor && into !== undefined)
      .map((reaction) => {
        const yielded = yieldedWithin(reaction, call.over, YIELDS_WITHIN);
        const after = inMs((reaction.stop ?? call.over) - reaction.event.onset);
        return score(METRIC, yielded ? 1 : 0, {
          at: reaction.event.onset,
          of: reaction.event.id,
          class: classOf(reaction),
          note: yielded ? `let her in after ${after}` : `talked over the ${reaction.event.stimulus} for ${after}`,
        });
      });
  },
};

export default yieldRate;
