import type { Metric } from '../../harness/model/metric.ts';
import { score } from '../turns/observe.ts';
import { lengthOf, waits } from '../turns/spans.ts';

const METRIC = 'dead_air';

/** Callers take a silence longer than this for a dropped line (ms). */
export const DEAD_AFTER = 2000;

const seconds = (length: number): string => (length / 1000).toFixed(1);

/**
 * The longest silence of the call in which the floor was the agent's, s, when it is longer than 2 s; 0 otherwise.
 * The note holds how many there were and their total.
 */
const deadAir: Metric = {
  summary: "longest silence over 2 s in which it was the agent's turn to speak",
  unit: 's',
  better: 'lower',
  kind: 'amount',
  version: 1,
  needs: ['wire'],
  measure(call) {
    const silences = waits(call).toSorted((a, b) => lengthOf(b) - lengthOf(a));
    const longest = silences[0];
    if (!longest) return [];
    const dead = silences.filter((wait) => lengthOf(wait) > DEAD_AFTER);
    const total = dead.reduce((sum, wait) => sum + lengthOf(wait), 0);
    const value = dead.length === 0 ? 0 : lengthOf(longest) / 1000;
    const note = `${dead.length} over 2 s, ${seconds(total)} s in all, longest ${seconds(lengthOf(longest))} s`;
    const censored = dead.length > 0 && !longest.answered;
    return [score(METRIC, value, { at: longest.from, of: longest.after || 'answer', censored, note })];
  },
};

export default deadAir;
