import type { Metric } from '../../harness/model/metric.ts';
import { attemptsOf } from '../turns/attempts.ts';
import { score } from '../turns/observe.ts';

const METRIC = 'failure_followup';

/** Whether a failed attempt to hand over is made up for: a message is taken, something is committed after it, or another desk answers. */
const failureFollowup: Metric = {
  summary: 'share of failed transfers after which a message is taken or another desk reached',
  unit: 'rate',
  better: 'higher',
  kind: 'rate',
  version: 2,
  needs: ['office'],
  measure(call) {
    const failed = attemptsOf(call).findLast((attempt) => attempt.failed)?.failed;
    if (!failed) return [];
    const next = call.events.find(
      ({ source, kind, at }) => source !== 'hook' && at > failed.at && (kind === 'commit' || kind === 'desk-joined'),
    );
    const how = next?.kind === 'commit' ? `a ${next.action} was taken` : 'another desk answered';
    const note = next ? how : 'nothing was done about it';
    return [score(METRIC, next ? 1 : 0, { at: failed.at, of: 'transfer', note })];
  },
};

export default failureFollowup;
