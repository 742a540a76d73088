import type { Metric } from '../../harness/model/metric.ts';
import { inMs, score } from '../turns/observe.ts';
import { BACKCHANNEL, callerSpeech, lengthOf, overlap, spanOf, type Span } from '../turns/spans.ts';
import { TURN_END_OVERLAP } from '../turns/turns.ts';

const METRIC = 'agent_overlap';

/**
 * How long the agent and the caller speak at once because the agent came in later than she did, ms per call.
 * Left out: agent's backchannels, and overlaps of at most 120 ms at the end of her words.
 */
const agentOverlap: Metric = {
  summary: 'time in which the agent talks over a caller who was speaking first',
  unit: 'ms',
  better: 'lower',
  kind: 'amount',
  version: 1,
  needs: ['wire'],
  measure(call) {
    const speech = callerSpeech(call);
    const first = speech[0];
    if (!first) return [];
    const events = speech.flatMap((hers) =>
      call.utterances
        .map(spanOf)
        .filter((its) => its.from > hers.from && its.from < hers.to && !isBackchannel(its, hers))
        .map((its) => ({ at: its.from, length: overlap(its, hers) }))
        .filter(({ length }) => length > TURN_END_OVERLAP),
    );
    const total = events.reduce((sum, { length }) => sum + length, 0);
    const minutes = speech.reduce((sum, span) => sum + lengthOf(span), 0) / 60_000;
    const worst = events.toSorted((a, b) => b.length - a.length)[0];
    const note = `${events.length} times, ${inMs(total)}, ${inMs(minutes > 0 ? total / minutes : 0)} per minute of hers`;
    return [score(METRIC, total, { at: worst?.at ?? first.from, of: 'call', note })];
  },
};

/** Short, and over while she goes on. */
const isBackchannel = (its: Span, hers: Span): boolean => its.to < hers.to && lengthOf(its) < BACKCHANNEL;

export default agentOverlap;
