import type { Metric } from '../../harness/model/metric.ts';
import { score } from '../turns/observe.ts';
import { repairsOf } from '../turns/repairs.ts';

const METRIC = 'fallback_escalation';

/** Misunderstood this often, a line is for a person. */
const THIRD = 3;

/** Whether a line that nobody could understand for the third time leads to a person. */
const fallbackEscalation: Metric = {
  summary: 'share of lines misunderstood for the third time that are handed over',
  unit: 'rate',
  better: 'higher',
  kind: 'rate',
  version: 1,
  needs: ['wire'],
  measure(call) {
    const repairs = repairsOf(call);
    return repairs.flatMap(({ said, outcome }, i) => {
      const failures = repairs.slice(0, i + 1).filter((repair) => repair.said.line === said.line).length;
      if (failures !== THIRD) return [];
      const over = outcome === 'handed-over';
      const note = over ? 'handed over at the third failure' : `not handed over at the third failure: ${outcome}`;
      return [score(METRIC, over ? 1 : 0, { at: said.end, of: said.line, note })];
    });
  },
};

export default fallbackEscalation;
