import type { Metric } from '../../harness/model/metric.ts';
import { agentTurns } from '../turns/agent-turns.ts';
import { combined, inMs, score } from '../turns/observe.ts';
import { isSpeech } from '../turns/utterances.ts';

const METRIC = 'clause_gap';

/** After this much silence of both the agent asks after her: that is no gap of its own (ms). */
const NEW_UTTERANCE = 3000;

/** Longest silence inside one turn of the agent: a voice that is starved between clauses, or a stall in the middle of a sentence. */
const clauseGap: Metric = {
  summary: 'longest silence inside one turn of the agent',
  unit: 'ms',
  better: 'lower',
  kind: 'amount',
  version: 2,
  needs: ['wire'],
  measure: (call) =>
    agentTurns(call).map(({ from, to, after }) => {
      const parts = call.activity.agent.filter(isSpeech).filter(({ onset }) => onset >= from && onset <= to);
      const gaps = parts.slice(1).map((next, i) => {
        const before = parts[i] ?? next;
        return { at: before.end, length: next.onset - before.end, u: combined(before.u.end, next.u.onset) };
      });
      const [longest] = gaps
        .filter(({ length }) => length > 0 && length < NEW_UTTERANCE)
        .toSorted((a, b) => b.length - a.length);
      const note = longest ? `silent for ${inMs(longest.length)} in mid-turn` : 'spoke in one go';
      return score(METRIC, longest?.length ?? 0, {
        at: longest?.at ?? from,
        of: after || 'greeting',
        u: longest?.u ?? 0,
        note,
      });
    }),
};

export default clauseGap;
