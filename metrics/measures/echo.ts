import type { Metric } from '../../harness/model/metric.ts';
import { inMs, score } from '../turns/observe.ts';

const METRIC = 'echo';

/** Whether the caller's own voice comes back in the agent's channel. Such a leak is no talking over her: the detector takes it off first. */
const echo: Metric = {
  summary: 'share of calls in which the caller hears her own voice come back',
  unit: 'rate',
  better: 'lower',
  kind: 'rate',
  version: 1,
  needs: ['wire'],
  measure(call) {
    const said = call.events.find((event) => event.kind === 'said');
    if (!said) return [];
    const found = call.activity.echo;
    const note = found
      ? `her voice comes back ${found.lossDb.toFixed(1)} dB softer after ${inMs(found.delayMs)}`
      : 'no echo of her voice';
    return [score(METRIC, found ? 1 : 0, { at: said.onset, of: 'call', note })];
  },
};

export default echo;
