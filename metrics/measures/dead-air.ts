import type { Metric } from '../../harness/model/metric.ts';
import { score } from '../turns/observe.ts';
import { DEAD_AFTER, silences } from '../turns/silences.ts';

const METRIC = 'dead_air';

const seconds = (length: number): string => (length / 1000).toFixed(1);

/**
 * The longest silence of the call in which the floor was the agent's, s, when it is longer than 2 s; 0 otherwise.
 * "One moment" and music excuse 8 s of it. The note holds how many there were and their total.
 */
const deadAir: Metric = {
  summary: "longest silence over 2 s in which it was the agent's turn to speak",
  unit: 's',
  better: 'lower',
  kind: 'amount',
  version: 2,
  needs: ['wire'],
  measure(call) {
    const all = silences(call).toSorted((a, b) => b.dead - a.dead);
    const longest = all[0];
    if (!longest) return [];
    const dead = all.filter((silence) => silence.dead > DEAD_AFTER);
    const total = dead.reduce((sum, silence) => sum + silence.dead, 0);
    const value = dead.length === 0 ? 0 : longest.dead / 1000;
    const note = `${dead.length} over 2 s, ${seconds(total)} s in all, longest ${seconds(longest.dead)} s`;
    const censored = dead.length > 0 && !longest.answered;
    return [score(METRIC, value, { at: longest.from, of: longest.after || 'answer', censored, note })];
  },
};

export default deadAir;
