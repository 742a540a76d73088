import type { Metric } from '../../harness/model/metric.ts';
import { score } from '../turns/observe.ts';
import { clearAsksOf, repairsOf } from '../turns/repairs.ts';

const METRIC = 'fallback_precision';

/** Of the agent's requests to say a line again, the share that followed on one nobody could understand. Needs a listening caller. */
const fallbackPrecision: Metric = {
  summary: 'share of requests to say it again that follow an unintelligible line',
  unit: 'rate',
  better: 'higher',
  kind: 'rate',
  version: 1,
  needs: ['wire'],
  measure(call) {
    const due = repairsOf(call).filter(({ outcome }) => outcome === 'asked-again');
    const undue = clearAsksOf(call).filter(({ again }) => again);
    return [
      ...due.map(({ said }) => score(METRIC, 1, { at: said.end, of: said.line, note: 'asked again after a mumble' })),
      ...undue.map(({ said }) =>
        score(METRIC, 0, { at: said.end, of: said.line, note: `asked again for the clear "${said.text}"` }),
      ),
    ].toSorted((a, b) => a.at - b.at);
  },
};

export default fallbackPrecision;
