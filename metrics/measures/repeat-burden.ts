import type { Metric } from '../../harness/model/metric.ts';
import { handoffOf, ledgerAtHandoff } from '../turns/handoff.ts';
import { score } from '../turns/observe.ts';

const METRIC = 'repeat_burden';

/**
 * What a handed-over caller must say again: the desk's questions about facts she had already told the agent, divided
 * by the facts she had told. 0: she never starts over. The note holds how long she spoke to answer them.
 */
const repeatBurden: Metric = {
  summary: 'share of what she had told the agent that she must tell the desk again',
  unit: 'ratio',
  better: 'lower',
  kind: 'amount',
  version: 1,
  needs: ['office'],
  measure(call) {
    const handoff = handoffOf(call);
    if (!handoff?.joined) return [];
    const joined = handoff.joined;
    const told = Object.keys(ledgerAtHandoff(call, handoff)).length;
    const asked = call.events.filter((event) => event.kind === 'desk-asked' && event.known);
    const facts = asked.flatMap((event) => (event.kind === 'desk-asked' ? [event.fact] : []));
    const again = call.events
      .filter((event) => event.kind === 'said')
      .filter((event) => event.desk && facts.some((fact) => event.topic === `desk:${fact}`))
      .reduce((sum, event) => sum + event.end - event.onset, 0);
    const value = told === 0 ? 0 : asked.length / told;
    const seconds = (again / 1000).toFixed(1);
    const note =
      facts.length > 0 ? `asked again for ${facts.join(', ')}: ${seconds} s of speech` : 'nothing asked again';
    return [score(METRIC, value, { at: asked[0]?.at ?? joined.at, of: joined.desk, class: joined.desk, note })];
  },
};

export default repeatBurden;
