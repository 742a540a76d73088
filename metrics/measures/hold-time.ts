import type { Metric } from '../../harness/model/metric.ts';
import { score } from '../turns/observe.ts';
import { holds } from '../turns/silences.ts';
import { lengthOf } from '../turns/spans.ts';
import { WORDS, wordsOf } from '../turns/words.ts';

const METRIC = 'hold_time';

/** How long the caller waited after "one moment" and the like, in all. Beyond 8 s each is dead air as well. */
const holdTime: Metric = {
  summary: 'how long the caller was kept waiting after being asked to',
  unit: 's',
  better: 'lower',
  kind: 'amount',
  version: 1,
  needs: ['wire'],
  anyOf: WORDS,
  measure(call) {
    if (!wordsOf(call)) return [];
    const held = holds(call);
    const total = held.reduce((sum, hold) => sum + lengthOf(hold), 0) / 1000;
    const note =
      held.length === 0 ? 'never asked to wait' : `asked to wait ${held.length} times, ${total.toFixed(1)} s`;
    return [score(METRIC, total, { at: held[0]?.from ?? call.over, of: 'call', note })];
  },
};

export default holdTime;
