import type { Metric } from '../../harness/model/metric.ts';
import { classOf, inMs, score } from '../turns/observe.ts';

const METRIC = 'stumble';

/** Share of sounds that do not ask for the floor at which the agent breaks off for 700 ms to 2 s and then goes on. Shams: `sham:KIND`. */
const stumble: Metric = {
  summary: 'share of backchannels, coughs and noises at which the agent breaks off and goes on later',
  unit: 'rate',
  better: 'lower',
  kind: 'rate',
  version: 1,
  needs: ['wire'],
  measure(call) {
    return call.reactions
      .filter(({ event, into }) => !event.takesFloor && into !== undefined)
      .map((reaction) => {
        const { event, stop, resumed } = reaction;
        const broke = stop !== undefined && resumed !== undefined && stop >= event.onset && stop - event.end <= 1000;
        const note = broke
          ? `broke off for ${inMs(resumed - stop)} at a ${event.stimulus}`
          : 'did not break off for long';
        return score(METRIC, broke ? 1 : 0, { at: event.onset, of: event.id, class: classOf(reaction), note });
      });
  },
};

export default stumble;
