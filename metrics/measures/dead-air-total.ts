import type { Metric } from '../../harness/model/metric.ts';
import { score } from '../turns/observe.ts';
import { DEAD_AFTER, silences } from '../turns/silences.ts';

const METRIC = 'dead_air_total';

/** The call's silences over 2 s, together, in which it was the agent's turn to speak and nothing excused them. */
const deadAirTotal: Metric = {
  summary: "all silences over 2 s together in which it was the agent's turn",
  unit: 's',
  better: 'lower',
  kind: 'amount',
  version: 1,
  needs: ['wire'],
  measure(call) {
    const all = silences(call);
    const dead = all.filter((silence) => silence.dead > DEAD_AFTER);
    if (all.length === 0) return [];
    const total = dead.reduce((sum, silence) => sum + silence.dead, 0) / 1000;
    const at = (dead[0] ?? all[0])?.from ?? call.over;
    return [
      score(METRIC, total, { at, of: 'call', note: `${total.toFixed(1)} s of dead air in ${dead.length} silences` }),
    ];
  },
};

export default deadAirTotal;
