import type { Metric } from '../../harness/model/metric.ts';
import { score } from '../turns/observe.ts';
import { STUMBLE } from '../turns/reactions.ts';
import { recoveriesOf } from '../turns/recovery.ts';
import { WORDS } from '../turns/words.ts';

const METRIC = 'post_barge_restart';

/**
 * Share of interruptions after which the agent goes on with, or begins again, what it had been saying, within 2 s of
 * her end or of its own stop. Words tell: it repeats its opening or its last words; or it speaks again while she does.
 */
const postBargeRestart: Metric = {
  summary: 'share of interruptions after which the agent takes up the old utterance again',
  unit: 'rate',
  better: 'lower',
  kind: 'rate',
  version: 1,
  needs: ['wire'],
  anyOf: WORDS,
  measure(call) {
    return (recoveriesOf(call) ?? []).flatMap(({ reaction: { event, stop = call.over }, label, next }) => {
      if (label === 'ignored' || !next) return [];
      const soon = next.onset - Math.max(stop, event.end) <= STUMBLE;
      const restarted = soon && label !== 'answered';
      const note = restarted ? `${label} what it had been saying` : 'took up what she said';
      return [score(METRIC, restarted ? 1 : 0, { at: next.onset, of: event.id, class: event.stimulus, note })];
    });
  },
};

export default postBargeRestart;
