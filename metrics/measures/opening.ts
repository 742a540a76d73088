import type { Metric } from '../../harness/model/metric.ts';
import { agentTurns } from '../turns/agent-turns.ts';
import { combined, score } from '../turns/observe.ts';

const METRIC = 'opening';

/** How long the agent speaks before the caller has the floor for the first time, pauses included. Censored when she broke in on it. */
const opening: Metric = {
  summary: 'how long the greeting lasts before the caller may speak',
  unit: 's',
  better: 'lower',
  kind: 'amount',
  version: 1,
  needs: ['wire'],
  measure(call) {
    const greeting = agentTurns(call).find(({ kind }) => kind === 'greeting');
    const last = greeting?.utterances.at(-1);
    if (!greeting || !last || call.plan.opens !== 'agent') return [];
    const value = (last.stop - greeting.from) / 1000;
    const censored = call.reactions.some(({ event, into }) => event.takesFloor && !event.sham && into === last);
    const u = combined(last.u.stop, last.u.onset) / 1000;
    return [
      score(METRIC, value, {
        at: greeting.from,
        of: 'greeting',
        u,
        censored,
        note: `greeting of ${value.toFixed(1)} s`,
      }),
    ];
  },
};

export default opening;
