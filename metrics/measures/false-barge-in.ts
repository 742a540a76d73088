import type { Metric, Reaction } from '../../harness/model/metric.ts';
import { classOf, inMs, score, type Seen } from '../turns/observe.ts';
import { endedByItself } from '../turns/yielding.ts';

const METRIC = 'false_barge_in';

/** A stop later than this after the end of the sound was not caused by it (ms). */
const CAUSED_WITHIN = 1000;

/** 1 stopped for good, 0.5 stumbled, 0 went on. */
function observe(
  reaction: Reaction,
  over: number,
): { readonly value: number; readonly seen: Partial<Seen> & Pick<Seen, 'note'> } {
  const { event, stop, resumed } = reaction;
  const caused = stop !== undefined && stop >= event.onset && stop - event.end <= CAUSED_WITHIN && stop < over;
  if (!caused) return { value: 0, seen: { note: `went on speaking through the ${event.stimulus}` } };
  if (resumed !== undefined) {
    return { value: 0.5, seen: { note: `stumbled over the ${event.stimulus} for ${inMs(resumed - stop)}` } };
  }
  const note = `stopped for a ${event.stimulus}, ${inMs(stop - event.onset)} after its onset`;
  return { value: 1, seen: { note, doubt: endedByItself(reaction) } };
}

/**
 * Share of sounds that do not ask for the floor (backchannel, cough, noise, key) for which the agent stops for good
 * within 1 s of their end. A stumble counts half; a hiccup does not count. Shams: `sham:KIND`.
 */
const falseBargeIn: Metric = {
  summary: 'share of backchannels, coughs and noises for which the agent stops',
  unit: 'rate',
  better: 'lower',
  kind: 'rate',
  version: 1,
  needs: ['wire'],
  measure(call) {
    return call.reactions
      .filter(({ event, into }) => !event.takesFloor && into !== undefined)
      .map((reaction) => {
        const { value, seen } = observe(reaction, call.over);
        const { onset: at, id: of } = reaction.event;
        return score(METRIC, value, { at, of, class: classOf(reaction), ...seen });
      });
  },
};

export default falseBargeIn;
