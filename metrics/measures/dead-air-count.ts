import type { Metric } from '../../harness/model/metric.ts';
import { score } from '../turns/observe.ts';
import { DEAD_AFTER, silences } from '../turns/silences.ts';

const METRIC = 'dead_air_count';

/** How often in the call the agent left more than 2 s of silence that nothing excused. */
const deadAirCount: Metric = {
  summary: "how many silences over 2 s there were in which it was the agent's turn",
  unit: 'count',
  better: 'lower',
  kind: 'amount',
  version: 1,
  needs: ['wire'],
  measure(call) {
    const all = silences(call);
    const dead = all.filter((silence) => silence.dead > DEAD_AFTER);
    if (all.length === 0) return [];
    const long = dead.filter((silence) => silence.dead > 2 * DEAD_AFTER).length;
    const at = (dead[0] ?? all[0])?.from ?? call.over;
    return [score(METRIC, dead.length, { at, of: 'call', note: `${dead.length} over 2 s, ${long} of them over 4 s` })];
  },
};

export default deadAirCount;
