import type { Metric } from '../../harness/model/metric.ts';
import { inMs, score, STAMP_ERROR } from '../turns/observe.ts';
import { herSilences } from '../turns/silences.ts';
import { lengthOf } from '../turns/spans.ts';

const METRIC = 'nudge_latency';

/** Shorter silences are how people talk: what the agent adds sooner is the same turn (ms). */
const SILENT_AFTER = 3000;

/** When the caller stays silent for 3 s or more: how long until the agent says something. Censored where she or the end broke it. */
const nudgeLatency: Metric = {
  summary: 'how long a caller who stays silent waits for the agent to ask again',
  unit: 'ms',
  better: 'lower',
  kind: 'latency',
  version: 1,
  needs: ['wire'],
  measure(call) {
    return herSilences(call)
      .filter((silence) => lengthOf(silence) >= SILENT_AFTER)
      .map((silence) => {
        const value = lengthOf(silence);
        const asked = silence.endedBy === 'agent';
        const note = asked ? `asked again after ${inMs(value)}` : `said nothing into ${inMs(value)} of her silence`;
        return score(METRIC, value, { at: silence.from, of: 'silence', u: STAMP_ERROR, censored: !asked, note });
      });
  },
};

export default nudgeLatency;
