import type { Metric, Turn } from '../../harness/model/metric.ts';
import { inMs, score } from '../turns/observe.ts';

const METRIC = 'missed_turn';

/** A wait that was over sooner than this, for a reason of ours, says nothing (ms). */
const LONG_ENOUGH = 2000;

/** Whether the wait says anything: a reply, a hang-up, or a silence that was given time. */
function tells(turn: Turn): boolean {
  if (turn.desk || turn.cut) return false;
  if (turn.reply || turn.agentSpeaking) return true;
  if (turn.topic === 'goodbye') return false;
  return turn.waitEnded === 'agent-hung-up' || turn.waitedUntil - turn.callerEnd >= LONG_ENOUGH;
}

/** Share of the caller's turns that the agent leaves without a reply until she must speak again, 10 s, or its own hang-up. */
const missedTurn: Metric = {
  summary: "share of the caller's turns that get no reply",
  unit: 'rate',
  better: 'lower',
  kind: 'rate',
  version: 1,
  needs: ['wire'],
  measure(call) {
    return call.turns.filter(tells).map((turn) => {
      const missed = !turn.reply && !turn.agentSpeaking;
      const hungUp = turn.waitEnded === 'agent-hung-up';
      const waited = inMs(turn.waitedUntil - turn.callerEnd);
      const note = missed ? (hungUp ? 'hung up instead of replying' : `no reply in ${waited}`) : 'replied';
      return score(METRIC, missed ? 1 : 0, { at: turn.callerEnd, of: turn.line, class: turn.topic, note });
    });
  },
};

export default missedTurn;
