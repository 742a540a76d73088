import type { Metric } from '../../harness/model/metric.ts';
import { classOf, inMs, score } from '../turns/observe.ts';
import { callerSpeech, waits } from '../turns/spans.ts';

const METRIC = 'spurious_response';

/** A sound in silence that the agent answers within this was taken for a turn (ms). */
const ANSWERED_WITHIN = 2000;
/** Between two clauses of its own the agent is not silent (ms). */
const CLAUSE_PAUSE = 400;

/**
 * Share of sounds that ask for nothing (mm-hm, cough, noise), made in silence while nothing was owed to her and not between two clauses of the agent's, for which
 * the agent begins to speak within 2 s of their end. Left out where she speaks again sooner. Shams: `sham:KIND`.
 */
const spuriousResponse: Metric = {
  summary: 'share of coughs, noises and mm-hms in silence that the agent answers',
  unit: 'rate',
  better: 'lower',
  kind: 'rate',
  version: 2,
  needs: ['wire'],
  measure(call) {
    const owed = waits(call);
    const hers = callerSpeech(call).map(({ from }) => from);
    return call.reactions
      .filter(({ event, into }) => !event.takesFloor && into === undefined)
      .filter(({ event }) => !call.utterances.some(({ end }) => end <= event.onset && event.onset - end < CLAUSE_PAUSE))
      .filter(({ event }) => !owed.some(({ from, to }) => from <= event.onset && event.onset < to))
      .flatMap((reaction) => {
        const { onset, end, id, stimulus } = reaction.event;
        const until = end + ANSWERED_WITHIN;
        const answer = call.utterances.find((utterance) => utterance.onset > onset && utterance.onset <= until);
        if (!answer && (call.over < until || hers.some((from) => from > onset && from < until))) return [];
        const note = answer
          ? `answered a ${stimulus} ${inMs(answer.onset - onset)} after it`
          : `let a ${stimulus} pass`;
        return [score(METRIC, answer ? 1 : 0, { at: onset, of: id, class: classOf(reaction), note })];
      });
  },
};

export default spuriousResponse;
