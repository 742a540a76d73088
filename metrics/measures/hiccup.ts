import type { Metric } from '../../harness/model/metric.ts';
import { classOf, inMs, score } from '../turns/observe.ts';
import { hiccupFor } from '../turns/yielding.ts';

const METRIC = 'hiccup';

/**
 * Share of sounds that do not ask for the floor after which the agent ducks or breaks off and undoes it within 700 ms.
 * Not a failure: the price of listening while speaking. Shams: `sham:KIND`.
 */
const hiccup: Metric = {
  summary: 'share of backchannels, coughs and noises at which the agent ducks or breaks off for at most 700 ms',
  unit: 'rate',
  better: 'lower',
  kind: 'rate',
  version: 1,
  needs: ['wire'],
  measure(call) {
    return call.reactions
      .filter(({ event, into }) => !event.takesFloor && into !== undefined)
      .map((reaction) => {
        const { event } = reaction;
        const first = hiccupFor(reaction);
        const note = first ? `broke off for ${inMs(first.to - first.from)}` : 'did not break off';
        return score(METRIC, first ? 1 : 0, { at: event.onset, of: event.id, class: classOf(reaction), note });
      });
  },
};

export default hiccup;
