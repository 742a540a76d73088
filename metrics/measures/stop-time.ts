import type { Metric, Reaction } from '../../harness/model/metric.ts';
import { classOf, combined, inMs, score, STAMP_ERROR } from '../turns/observe.ts';
import { endedByItself, NEVER_STOPPED, yieldedWithin } from '../turns/yielding.ts';

const METRIC = 'stop_time';

/** From the recognisable intent as well, because nobody can know before. */
function noteOf(value: number, reaction: Reaction, censored: boolean): string {
  const fromIntent = (reaction.stop ?? 0) - reaction.event.intent;
  if (censored) return `went on for ${inMs(value)} after the caller came in`;
  return `stopped ${inMs(value)} after the caller came in (${inMs(fromIntent)} after her intent was clear)`;
}

/**
 * From the onset of an interruption to the -20 dB point after which the interrupted utterance is not heard again;
 * a duck never undone counts from when it fell. Later than 2 s, or cut short by the end of the call: never stopped,
 * censored there. A natural end cannot be told from a stop in one call; shams of the same class show how often it comes.
 */
const stopTime: Metric = {
  summary: 'from the onset of an interruption to the point after which the agent is not heard again',
  unit: 'ms',
  better: 'lower',
  kind: 'latency',
  version: 1,
  needs: ['wire'],
  measure(call) {
    return call.reactions
      .filter(({ event, into }) => event.takesFloor && into !== undefined)
      .map((reaction) => {
        const stop = reaction.stop ?? call.over;
        const value = Math.min(stop, call.over) - reaction.event.onset;
        const censored = !yieldedWithin(reaction, call.over, NEVER_STOPPED);
        return score(METRIC, Math.max(0, value), {
          at: reaction.event.onset,
          of: reaction.event.id,
          class: classOf(reaction),
          u: combined(reaction.utterance?.u.stop ?? 0, STAMP_ERROR),
          censored,
          note: noteOf(value, reaction, censored),
          doubt: censored ? undefined : endedByItself(reaction),
        });
      });
  },
};

export default stopTime;
