import type { Metric } from '../../harness/model/metric.ts';
import { agentTurns } from '../turns/agent-turns.ts';
import { score } from '../turns/observe.ts';
import { audible } from '../turns/repairs.ts';

const METRIC = 'reply_length';

/** A reply longer than this is a monologue on a telephone (s). */
const LONG = 4;

/** Audible speech in a turn of the agent: everything it says before she speaks again. Read-backs, which must be whole, are a class of their own. */
const replyLength: Metric = {
  summary: 'how long the agent speaks before the caller has the floor again',
  unit: 's',
  better: 'lower',
  kind: 'amount',
  version: 2,
  needs: ['wire'],
  measure: (call) =>
    agentTurns(call).map(({ utterances, from, after, kind }) => {
      const value = audible(utterances) / 1000;
      const note = `${value.toFixed(1)} s of speech${value > LONG ? ', over 4 s' : ''}`;
      return score(METRIC, value, { at: from, of: after || 'greeting', class: kind, note });
    }),
};

export default replyLength;
