import type { Metric } from '../../harness/model/metric.ts';
import { thoughtsOf } from '../turns/claims.ts';
import { inMs, score } from '../turns/observe.ts';

const METRIC = 'streaming';

/** A brain that is done sooner than this has nothing to stream (ms). */
const WORTH_STREAMING = 100;

/** Share of replies whose first sound is on the wire before the brain, by its own account, had finished them. */
const streaming: Metric = {
  summary: 'share of replies that are heard before the brain has finished them',
  unit: 'rate',
  better: 'higher',
  kind: 'rate',
  version: 1,
  needs: ['wire', 'claims'],
  measure(call) {
    const thoughts = thoughtsOf(call);
    return call.turns.flatMap(({ desk, reply, callerOnset, limit, line }) => {
      const thought = thoughts.find(({ from }) => from > callerOnset && from < limit.at);
      if (desk || !reply || !thought || thought.to - thought.from < WORTH_STREAMING) return [];
      const ahead = thought.to - reply.onset;
      const note =
        ahead > 0 ? `heard ${inMs(ahead)} before the brain was done` : `heard ${inMs(-ahead)} after the brain was done`;
      return [score(METRIC, ahead > 0 ? 1 : 0, { at: reply.onset, of: line, note })];
    });
  },
};

export default streaming;
