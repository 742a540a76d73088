import type { CallView, Metric } from '../../harness/model/metric.ts';
import type { HeardWord } from '../../harness/model/activity.ts';
import { handoffOf, type Handoff } from '../turns/handoff.ts';
import { agentTurns } from '../turns/agent-turns.ts';
import { TOLD, WHY } from '../turns/lexicon.ts';
import { score } from '../turns/observe.ts';
import { firstOf, plainWords, WORDS } from '../turns/words.ts';

const METRIC = 'announce_etiquette';

/** Turns before the transfer that may announce it. */
const LAST_TURNS = 2;

const CHECKS = ['told', 'why', 'where'] as const;

/** Where she is sent: the desk's name, by any of its words. */
const deskWords = ({ joined, packet }: Handoff, call: CallView): readonly string[] =>
  plainWords(joined?.desk ?? packet?.packet.desk ?? call.plan.expect.handoff.desk ?? '');

function phrasesFor(check: (typeof CHECKS)[number], handoff: Handoff, call: CallView): readonly string[] {
  if (check === 'told') return TOLD;
  return check === 'why' ? WHY : deskWords(handoff, call);
}

/** Whether, in its last two turns before a transfer, the agent says that it puts her through, why, and to whom. */
const announceEtiquette: Metric = {
  summary: 'share of what a caller should hear before a transfer: that, why and where',
  unit: 'rate',
  better: 'higher',
  kind: 'rate',
  version: 1,
  needs: ['wire'],
  anyOf: WORDS,
  measure(call) {
    const handoff = handoffOf(call);
    const turns = handoff
      ? agentTurns(call)
          .filter(({ from }) => from < handoff.at)
          .slice(-LAST_TURNS)
      : [];
    if (!handoff || turns.every(({ words }) => words === undefined)) return [];
    const words = turns.flatMap((turn): readonly HeardWord[] => turn.words ?? []);
    return CHECKS.map((check) => {
      const found = firstOf(words, phrasesFor(check, handoff, call));
      const note = found ? `${check}: "${found.phrase}"` : `not said: ${check}`;
      return score(METRIC, found ? 1 : 0, { at: found?.at.from ?? handoff.at, of: 'handoff', class: check, note });
    });
  },
};

export default announceEtiquette;
