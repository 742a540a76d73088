import type { Metric } from '../../harness/model/metric.ts';
import { agentTurns } from '../turns/agent-turns.ts';
import { classOf, inMs, score } from '../turns/observe.ts';
import { YIELDS_WITHIN, yieldedWithin } from '../turns/yielding.ts';

const METRIC = 'opening_yield';

/** Share of interruptions of the greeting (what it says before she has the floor) for which the agent stops for good within 1 s. Shams: `sham:KIND`. */
const openingYield: Metric = {
  summary: 'share of interruptions of the greeting for which the agent stops within 1 s',
  unit: 'rate',
  better: 'higher',
  kind: 'rate',
  version: 1,
  needs: ['wire'],
  measure(call) {
    const greeting = agentTurns(call).find(({ kind }) => kind === 'greeting')?.utterances ?? [];
    return call.reactions
      .filter(({ event, into }) => event.takesFloor && into !== undefined && greeting.includes(into))
      .map((reaction) => {
        const yielded = yieldedWithin(reaction, call.over, YIELDS_WITHIN);
        const { onset: at, id: of } = reaction.event;
        const length = inMs((reaction.stop ?? call.over) - at);
        const note = yielded ? `greeting stopped after ${length}` : `went on greeting for ${length}`;
        return score(METRIC, yielded ? 1 : 0, { at, of, class: classOf(reaction), note });
      });
  },
};

export default openingYield;
