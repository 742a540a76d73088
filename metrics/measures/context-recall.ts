import type { Metric } from '../../harness/model/metric.ts';
import { causeOf } from '../turns/cause.ts';
import { handoffOf, ledgerAtHandoff } from '../turns/handoff.ts';
import { sameValue } from '../turns/ledger.ts';
import { score } from '../turns/observe.ts';

const METRIC = 'context_recall';

/**
 * Share of the facts that the scenario requires and the caller had told by then that are in the packet of the
 * handoff with their latest value. No packet: none of them is.
 */
const contextRecall: Metric = {
  summary: 'share of required facts, told before the handoff, that travel with it',
  unit: 'rate',
  better: 'higher',
  kind: 'rate',
  version: 1,
  needs: ['world'],
  measure(call) {
    const handoff = handoffOf(call);
    if (!handoff) return [];
    const told = ledgerAtHandoff(call, handoff);
    return call.plan.expect.handoff.facts
      .filter((fact) => told[fact] !== undefined)
      .map((fact) => {
        const held = handoff.packet?.packet.facts[fact];
        const right = sameValue(held, told[fact]);
        const lacks = handoff.packet ? `${fact} missing` : `${fact} lost: no context packet`;
        const wrong = held === undefined ? lacks : `${fact} is "${held}", she said "${told[fact]}"`;
        const note = right ? `${fact} handed over` : wrong;
        const cause = right ? undefined : causeOf(call, fact, told[fact] ?? '', handoff.at);
        return score(METRIC, right ? 1 : 0, { at: handoff.at, of: fact, class: 'fact', note, cause });
      });
  },
};

export default contextRecall;
