import type { CallView, Metric } from '../../harness/model/metric.ts';
import { changesOf, type Change } from '../turns/changes.ts';
import { sameValue } from '../turns/ledger.ts';
import { score } from '../turns/observe.ts';

const METRIC = 'change_of_mind';

/** What the office ended up with: of the last commitment, or of the packet of a handoff. */
function heldByOffice(call: CallView, slot: string): string | undefined {
  const last = call.events.findLast(
    (event) =>
      (event.kind === 'commit' && event.values[slot] !== undefined) ||
      (event.kind === 'packet' && event.packet.facts[slot] !== undefined),
  );
  if (last?.kind === 'commit') return last.values[slot];
  return last?.kind === 'packet' ? last.packet.facts[slot] : undefined;
}

/** The office can only hold what the scenario wants committed or handed over. */
const matters = (call: CallView, slot: string): boolean =>
  (call.plan.expect.commit?.slots ?? []).includes(slot) || call.plan.expect.handoff.facts.includes(slot);

function noteOf(change: Change, held: string | undefined): string {
  if (held === undefined)
    return `${change.slot} changed from "${change.old}" to "${change.latest}", nothing was committed`;
  if (sameValue(held, change.latest)) return `${change.slot} followed from "${change.old}" to "${change.latest}"`;
  return `${change.slot} stayed "${held}", she changed it to "${change.latest}"`;
}

/** Whether a value she changed ended up in the office as she last said it. Class: where she changed it. */
const changeOfMind: Metric = {
  summary: 'share of changed values that the office holds as they were last said',
  unit: 'rate',
  better: 'higher',
  kind: 'rate',
  version: 1,
  needs: ['world'],
  measure(call) {
    return changesOf(call)
      .filter(({ slot }) => matters(call, slot))
      .map((change) => {
        const held = heldByOffice(call, change.slot);
        const followed = sameValue(held, change.latest);
        const about = { at: change.at, of: change.slot, class: change.place };
        return score(METRIC, followed ? 1 : 0, { ...about, note: noteOf(change, held) });
      });
  },
};

export default changeOfMind;
