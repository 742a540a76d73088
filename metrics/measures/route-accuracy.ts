import type { Metric } from '../../harness/model/metric.ts';
import { handoffOf } from '../turns/handoff.ts';
import { score } from '../turns/observe.ts';

const METRIC = 'route_accuracy';

/**
 * Whether a handed-over caller reached the desk she needed: two-way media with it, whatever the REFER promised; where the
 * wire shows none, as the check hook reports.
 * A desk of the scenario that is busy, declines or stays silent cannot be reached: then the call says nothing.
 */
const routeAccuracy: Metric = {
  summary: 'share of handoffs that reach the right desk',
  unit: 'rate',
  better: 'higher',
  kind: 'rate',
  version: 1,
  needs: ['wire'],
  measure(call) {
    const { desk } = call.plan.expect.handoff;
    const handoff = handoffOf(call);
    if (!desk || !handoff || call.plan.desks !== 'answer') return [];
    const reached = handoff.joined?.desk ?? handoff.reported?.desk;
    const note =
      reached === desk
        ? `reached ${desk}`
        : reached
          ? `reached ${reached} instead of ${desk}`
          : `reached nobody instead of ${desk}`;
    return [
      score(METRIC, reached === desk ? 1 : 0, {
        at: handoff.joined?.at ?? handoff.at,
        of: desk,
        class: desk,
        note,
      }),
    ];
  },
};

export default routeAccuracy;
