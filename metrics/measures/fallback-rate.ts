import type { Metric } from '../../harness/model/metric.ts';
import { score } from '../turns/observe.ts';
import { clearAsksOf } from '../turns/repairs.ts';

const METRIC = 'fallback_rate';

/** Share of the lines she said clearly that the agent has her say again. Needs a listening caller; a line she broke off says nothing. */
const fallbackRate: Metric = {
  summary: 'share of clearly said lines that the agent asks for again',
  unit: 'rate',
  better: 'lower',
  kind: 'rate',
  version: 1,
  needs: ['wire'],
  measure: (call) =>
    clearAsksOf(call).map(({ said, again }) =>
      score(METRIC, again ? 1 : 0, {
        at: said.end,
        of: said.line,
        class: said.topic,
        note: again ? `asked again for "${said.text}"` : 'understood, or went on',
      }),
    ),
};

export default fallbackRate;
