import type { Metric } from '../../harness/model/metric.ts';
import { combined, inMs, score, STAMP_ERROR } from '../turns/observe.ts';
import { recoveriesOf } from '../turns/recovery.ts';
import { WORDS } from '../turns/words.ts';

const METRIC = 'interrupt_recovery';

/**
 * From the end of an interruption to the reply to it. The class says what became of it: `answered`; or, all three
 * censored, `restarted` (began the old utterance again), `resumed` (went on with it), `ignored` (said nothing).
 */
const interruptRecovery: Metric = {
  summary: 'from the end of an interruption to the reply to it',
  unit: 'ms',
  better: 'lower',
  kind: 'latency',
  version: 1,
  needs: ['wire'],
  anyOf: WORDS,
  measure(call) {
    return (recoveriesOf(call) ?? []).flatMap(({ reaction: { event }, label, next, until, hungUp }) => {
      const about = { at: event.end, of: event.id, class: label };
      if (label === 'answered' && next) {
        const value = next.onset - event.end;
        const u = combined(next.u.onset, STAMP_ERROR);
        return [score(METRIC, value, { ...about, u, note: `answered ${inMs(value)} after the interruption` })];
      }
      const value = Math.max(0, until - event.end);
      const note = label === 'ignored' ? `ignored for ${inMs(value)}` : `${label} what it had been saying`;
      return [score(METRIC, value, { ...about, u: STAMP_ERROR, censored: true, lost: hungUp && !next, note })];
    });
  },
};

export default interruptRecovery;
