import type { Metric } from '../../harness/model/metric.ts';
import { inMs, score } from '../turns/observe.ts';

const METRIC = 'stimulus_timing';

/** A stimulus further than this from its intended instant is not the one that was planned (ms). */
export const TIMING_LIMIT = 60;

/** How far each stimulus' onset was from where it was meant to be, ms. Shams too: they take the same trigger. */
const stimulusTiming: Metric = {
  summary: 'distance of a stimulus from its intended instant',
  unit: 'ms',
  better: 'lower',
  kind: 'amount',
  version: 1,
  needs: ['wire'],
  measure(call) {
    return call.reactions.map(({ event }) => {
      const off = event.onset - event.intended;
      const note = `${inMs(Math.abs(off))} ${off < 0 ? 'early' : 'late'}`;
      return score(METRIC, Math.abs(off), { at: event.onset, of: event.id, class: event.stimulus, note });
    });
  },
};

export default stimulusTiming;
