import type { CallView, Metric, Score } from '../../harness/model/metric.ts';
import { forbiddenScores } from '../turns/forbidden.ts';
import { score } from '../turns/observe.ts';
import { firstOf, plainWords, WORDS, wordsOf } from '../turns/words.ts';

const METRIC = 'phrases_kept';

/** Phrases that must be heard: 1 when they were. */
function required(call: CallView): readonly Score[] {
  const words = wordsOf(call);
  if (!words) return [];
  return (call.plan.expect.mustSay ?? []).map((wanted) => {
    const phrase = plainWords(wanted).join(' ');
    const found = firstOf(words, [phrase]);
    const note = found ? `said "${phrase}"` : `never said "${phrase}"`;
    return score(METRIC, found ? 1 : 0, { at: found?.at.from ?? call.over, of: phrase, class: 'must', note });
  });
}

/** Phrases that must not be heard: 1 when they were not. */
const forbidden = (call: CallView): readonly Score[] =>
  forbiddenScores(METRIC, 'wrong', call).map((found) => ({ ...found, value: 1 - found.value, class: 'must-not' }));

/** What the scenario wants the agent to say, or wants it never to say, word for word. */
const phrasesKept: Metric = {
  summary: 'share of phrases that were said where they must be, and never said where they must not',
  unit: 'rate',
  better: 'higher',
  kind: 'rate',
  version: 1,
  needs: ['wire'],
  anyOf: WORDS,
  measure: (call) => [...required(call), ...forbidden(call)],
};

export default phrasesKept;
