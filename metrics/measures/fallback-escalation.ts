import type { Metric } from '../../harness/model/metric.ts';
import { score } from '../turns/observe.ts';
import { repairsOf, type Repair } from '../turns/repairs.ts';

const METRIC = 'fallback_escalation';

/** Misunderstood this often, a line is for a person. */
const THIRD = 3;

const NOTES: Readonly<Partial<Record<Repair['outcome'], string>>> = {
  offered: 'offered a person at the third failure',
  'handed-over': 'handed over at the third failure',
};

/** Whether a line that nobody could understand for the third time leads to a person: she is offered one, or handed over. */
const fallbackEscalation: Metric = {
  summary: 'share of lines misunderstood for the third time after which a person is offered or takes over',
  unit: 'rate',
  better: 'higher',
  kind: 'rate',
  version: 2,
  needs: ['wire'],
  measure(call) {
    const repairs = repairsOf(call);
    return repairs.flatMap(({ said, outcome }, i) => {
      const failures = repairs.slice(0, i + 1).filter((repair) => repair.said.line === said.line).length;
      if (failures !== THIRD) return [];
      const note = NOTES[outcome] ?? `no person at the third failure: ${outcome}`;
      return [score(METRIC, NOTES[outcome] ? 1 : 0, { at: said.end, of: said.line, note })];
    });
  },
};

export default fallbackEscalation;
