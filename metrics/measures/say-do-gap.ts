import type { Metric } from '../../harness/model/metric.ts';
import type { HeardWord } from '../../harness/model/activity.ts';
import { DONE } from '../turns/lexicon.ts';
import { score } from '../turns/observe.ts';
import { firstOf, WORDS, wordsOf } from '../turns/words.ts';

const METRIC = 'say_do_gap';

/** It may say so while the office is still writing it down (ms). */
const WRITTEN_WITHIN = 2000;

/** What amounts to the same thing: to move an appointment is to book another. */
const ALIKE: Readonly<Record<string, readonly string[]>> = { book: ['book', 'move'], move: ['move', 'book'] };

interface Claimed {
  readonly action: string;
  readonly phrase: string;
  readonly at: HeardWord;
}

/** Every first time it says that an action is done. */
const claimedIn = (words: readonly HeardWord[]): readonly Claimed[] =>
  Object.entries(DONE).flatMap(([action, phrases]) => {
    const found = firstOf(words, phrases);
    return found ? [{ action, ...found }] : [];
  });

/** Share of the actions that the agent says are done of which the office knows nothing by then, or its own world nothing after the call. One is too many. */
const sayDoGap: Metric = {
  summary: 'share of actions the agent says are done that were not',
  unit: 'rate',
  better: 'lower',
  kind: 'rate',
  version: 1,
  needs: ['world'],
  anyOf: WORDS,
  measure(call) {
    return claimedIn(wordsOf(call) ?? []).map(({ action, phrase, at }) => {
      const done = call.events.some(
        (event) =>
          event.kind === 'commit' &&
          (ALIKE[action] ?? [action]).includes(event.action) &&
          (event.source === 'hook' || event.at <= at.to + WRITTEN_WITHIN),
      );
      const note = done ? `said "${phrase}", and it was` : `said "${phrase}", and the office knows nothing of it`;
      return score(METRIC, done ? 0 : 1, { at: at.from, of: action, class: action, note });
    });
  },
};

export default sayDoGap;
