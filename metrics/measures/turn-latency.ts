import type { Metric, Turn } from '../../harness/model/metric.ts';
import { combined, inMs, score, STAMP_ERROR } from '../turns/observe.ts';

const METRIC = 'turn_latency';

const ENDED: Readonly<Record<Turn['waitEnded'], string>> = {
  reply: 'reply',
  caller: 'until the caller spoke again',
  end: 'until the call was over',
  'agent-hung-up': 'until the agent hung up',
  limit: 'and not waited for longer',
};

/** A goodbye needs no reply: the agent may simply hang up. */
const needsReply = (turn: Turn): boolean => turn.reply !== undefined || turn.topic !== 'goodbye';

/**
 * From the caller's last audible sample to the reply's first, signed. Censored where the wait ended without a reply;
 * an agent that hangs up instead is a competing failure (`lost`). Undefined while the agent talks over the turn's end.
 */
const turnLatency: Metric = {
  summary: "from the end of the caller's turn to the first sound of the reply",
  unit: 'ms',
  better: 'lower',
  kind: 'latency',
  version: 1,
  needs: ['wire'],
  measure(call) {
    const turns = call.turns.filter((turn) => !turn.desk && !turn.cut && !turn.agentSpeaking && needsReply(turn));
    return turns.flatMap((turn) => {
      const value = turn.waitedUntil - turn.callerEnd;
      if (!turn.reply && value <= 0) return [];
      const about = { at: turn.callerEnd, of: turn.line, class: turn.topic };
      if (turn.reply) {
        const u = combined(turn.reply.u.onset, STAMP_ERROR);
        return [score(METRIC, value, { ...about, u, note: `reply ${inMs(value)} after the turn` })];
      }
      const lost = turn.waitEnded === 'agent-hung-up';
      const note = `no reply in ${inMs(value)}, ${ENDED[turn.waitEnded]}`;
      return [score(METRIC, value, { ...about, u: STAMP_ERROR, censored: true, lost, note })];
    });
  },
};

export default turnLatency;
