import type { Metric } from '../../harness/model/metric.ts';
import { isClockOther, waitedFor } from '../turns/claims.ts';
import { combined, inMs, score, STAMP_ERROR } from '../turns/observe.ts';
import { overlap, type Span } from '../turns/spans.ts';

const METRIC = 'stage_residual';

/** Time of `span` that is in none of `stages`, ms; stages may overlap each other. */
function unexplained(span: Span, stages: readonly Span[]): number {
  let [left, from] = [span.to - span.from, span.from];
  for (const stage of stages.toSorted((a, b) => a.from - b.from)) {
    left -= overlap({ from, to: span.to }, stage);
    if (stage.to > from) from = stage.to;
  }
  return left;
}

/** What of a reply's latency on the wire none of the agent's claimed stages covers: the network, a queue, or a claim that flatters. */
const stageResidual: Metric = {
  summary: "what of a reply's latency on the wire no claimed stage explains",
  unit: 'ms',
  better: 'lower',
  kind: 'latency',
  version: 1,
  needs: ['wire', 'claims'],
  measure(call) {
    if (isClockOther(call)) return [];
    const stages = waitedFor(call);
    return call.turns.flatMap(({ desk, cut, agentSpeaking, reply, callerEnd, line, topic }) => {
      if (desk || cut || agentSpeaking || !reply || reply.onset <= callerEnd) return [];
      const wait = { from: callerEnd, to: reply.onset };
      const own = stages.filter((stage) => overlap(wait, stage) > 0);
      if (own.length === 0) return [];
      const value = unexplained(wait, own);
      const u = combined(reply.u.onset, STAMP_ERROR);
      const note = `${inMs(value)} of ${inMs(wait.to - wait.from)} in no claimed stage`;
      return [score(METRIC, value, { at: callerEnd, of: line, class: topic, u, note })];
    });
  },
};

export default stageResidual;
