import type { Metric } from '../../harness/model/metric.ts';
import { agentTurns } from '../turns/agent-turns.ts';
import { score } from '../turns/observe.ts';
import { WORDS } from '../turns/words.ts';

const METRIC = 'reply_words';

/** More words than this in one turn are not kept in mind. */
const MANY = 20;

/** Words in a turn of the agent, read-backs apart. */
const replyWords: Metric = {
  summary: 'how many words the agent says before the caller has the floor again',
  unit: 'count',
  better: 'lower',
  kind: 'amount',
  version: 2,
  needs: ['wire'],
  anyOf: WORDS,
  measure: (call) =>
    agentTurns(call).flatMap(({ words, from, after, kind }) => {
      if (!words || words.length === 0) return [];
      const note = `${words.length} words${words.length > MANY ? ', over 20' : ''}`;
      return [score(METRIC, words.length, { at: from, of: after || 'greeting', class: kind, note })];
    }),
};

export default replyWords;
