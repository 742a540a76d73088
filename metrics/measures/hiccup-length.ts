import type { Metric } from '../../harness/model/metric.ts';
import { classOf, inMs, score } from '../turns/observe.ts';
import { hiccupFor, stumbleFor } from '../turns/yielding.ts';

const METRIC = 'hiccup_length';

/**
 * How long the agent is silent for a sound that does not ask for the floor before it is heard again: of every hiccup
 * (undone within 700 ms) and every stumble (within 2 s), so that a long one is not left out for being long. How often:
 * `hiccup`, `stumble`; what it never took up again is a stop, `false_barge_in`. Shams: `sham:KIND`.
 */
const hiccupLength: Metric = {
  summary: 'how long the agent falls silent at a backchannel, a cough or a noise before it goes on',
  unit: 'ms',
  better: 'lower',
  kind: 'latency',
  version: 1,
  needs: ['wire'],
  measure(call) {
    return call.reactions.flatMap((reaction) => {
      const found = stumbleFor(reaction) ?? hiccupFor(reaction);
      if (!found) return [];
      const { id: of } = reaction.event;
      const value = found.to - found.from;
      const u = reaction.utterance?.u.stop ?? 0;
      return [
        score(METRIC, value, {
          at: found.from,
          of,
          class: classOf(reaction),
          u,
          note: `silent for ${inMs(value)}`,
        }),
      ];
    });
  },
};

export default hiccupLength;
