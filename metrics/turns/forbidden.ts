import type { CallView, Score } from '../../harness/model/metric.ts';
import type { Expect } from '../../harness/model/plan.ts';
import { score } from './observe.ts';
import { firstOf, plainWords, wordsOf } from './words.ts';

type Why = NonNullable<Expect['mustNotSay']>[number]['why'];

/** One observation for every phrase that the scenario forbids for `why`: 1 when the agent was heard saying it. None where words are not seen. */
export function forbiddenScores(metric: string, why: Why, call: CallView): readonly Score[] {
  const words = wordsOf(call);
  if (!words) return [];
  return (call.plan.expect.mustNotSay ?? [])
    .filter((forbidden) => forbidden.why === why)
    .map((forbidden) => {
      const phrase = plainWords(forbidden.words).join(' ');
      const found = phrase === '' ? undefined : firstOf(words, [phrase]);
      const note = found ? `said "${phrase}"` : `never said "${phrase}"`;
      return score(metric, found ? 1 : 0, {
        at: found?.at.from ?? call.over,
        of: phrase || 'nothing',
        class: why,
        note,
      });
    });
}
