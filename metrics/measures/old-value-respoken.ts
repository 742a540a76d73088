import type { Metric } from '../../harness/model/metric.ts';
import { agentTurns } from '../turns/agent-turns.ts';
import { changesOf } from '../turns/changes.ts';
import { sayingsOf } from '../turns/lexicon.ts';
import { score } from '../turns/observe.ts';
import { firstOf, WORDS } from '../turns/words.ts';

const METRIC = 'old_value_respoken';

/** Share of values she took back that the agent says again later, without the new value in the same turn ("not Tuesday, Thursday" is fine). */
const oldValueRespoken: Metric = {
  summary: 'share of values she took back that the agent says again',
  unit: 'rate',
  better: 'lower',
  kind: 'rate',
  version: 1,
  needs: ['wire'],
  anyOf: WORDS,
  measure(call) {
    const turns = agentTurns(call);
    if (turns.every(({ words }) => words === undefined)) return [];
    return changesOf(call).map(({ slot, old, latest, at, place }) => {
      const said = turns
        .filter(({ from }) => from > at)
        .flatMap(({ words = [] }) => (firstOf(words, sayingsOf(latest)) ? [] : (firstOf(words, sayingsOf(old)) ?? [])));
      const again = said[0];
      const note = again
        ? `said "${again.phrase}" although she had changed it to "${latest}"`
        : `"${old}" not said again`;
      return score(METRIC, again ? 1 : 0, { at: again?.at.from ?? at, of: slot, class: place, note });
    });
  },
};

export default oldValueRespoken;
