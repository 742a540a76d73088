import type { Metric } from '../../harness/model/metric.ts';
import { attemptsOf } from '../turns/attempts.ts';
import { handoffOf } from '../turns/handoff.ts';
import { inMs, score, STAMP_ERROR } from '../turns/observe.ts';

const METRIC = 'connect_time';

/**
 * From the start of a transfer (REFER, or the desk's first ring for an agent that asks first) to two-way media with the desk.
 * A desk that never answers, or a call dropped on the way: it can never come (`lost`).
 */
const connectTime: Metric = {
  summary: 'from the start of a transfer to two-way media with the desk',
  unit: 'ms',
  better: 'lower',
  kind: 'latency',
  version: 2,
  needs: ['wire'],
  measure(call) {
    const handoff = handoffOf(call);
    if (!handoff || attemptsOf(call).length === 0) return [];
    const { at, joined, failed } = handoff;
    const about = { at, of: joined?.desk ?? 'transfer', class: joined?.desk ?? '', u: STAMP_ERROR };
    if (joined) return [score(METRIC, joined.at - at, { ...about, note: `connected after ${inMs(joined.at - at)}` })];
    const until = Math.max(at, failed?.at ?? call.over);
    const why = failed ? `failed: ${failed.why}` : 'the call was dropped on the way';
    return [score(METRIC, until - at, { ...about, censored: true, lost: true, note: why })];
  },
};

export default connectTime;
