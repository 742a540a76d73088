import type { Metric } from '../../harness/model/metric.ts';
import { causeOf } from '../turns/cause.ts';
import { handoffOf, ledgerAtHandoff } from '../turns/handoff.ts';
import { sameValue } from '../turns/ledger.ts';
import { score } from '../turns/observe.ts';

const METRIC = 'context_precision';

/** Share of the facts in the packet that the caller told, with their latest value. */
const contextPrecision: Metric = {
  summary: 'share of facts in the handoff that the caller really told, as she last told them',
  unit: 'rate',
  better: 'higher',
  kind: 'rate',
  version: 1,
  needs: ['world'],
  measure(call) {
    const handoff = handoffOf(call);
    if (!handoff?.packet) return [];
    const told = ledgerAtHandoff(call, handoff);
    return Object.entries(handoff.packet.packet.facts).map(([fact, held]) => {
      const right = sameValue(held, told[fact]);
      const wrong =
        told[fact] === undefined
          ? `${fact} "${held}" is invented`
          : `${fact} "${held}" is stale, she said "${told[fact]}"`;
      const note = right ? `${fact} as told` : wrong;
      const latest = told[fact];
      const cause = right || latest === undefined ? undefined : causeOf(call, fact, latest, handoff.at);
      return score(METRIC, right ? 1 : 0, { at: handoff.at, of: fact, class: 'fact', note, cause });
    });
  },
};

export default contextPrecision;
