import { addStimuli, rewriteLine, tenths } from '../../harness/model/draft.ts';
import { UsageError } from '../../harness/model/errors.ts';
import type { Habit } from '../../harness/model/person.ts';
import type { PlanDraft, PlannedLine, Slip } from '../../harness/model/plan.ts';
import type { Chance } from '../../harness/model/seed.ts';

/** A value she gets wrong first: the slot, the words, and the value she ends with. */
interface Change {
  readonly slot: string;
  readonly slip: Slip;
  readonly right: string;
}

/** She says the wrong value, however often she is asked. */
const misstated = (line: PlannedLine, { slot, slip }: Change): PlannedLine => ({
  ...line,
  pieces: [{ say: slip.wrong }],
  facts: { ...line.facts, [slot]: slip.wrongValue },
  again: [{ pieces: [{ say: slip.wrong }], manner: {} }],
});

/** "Thursday ... no, wait, Tuesday", in one breath. */
function inTurn(draft: PlanDraft, { slot, slip }: Change, dice: Chance): PlanDraft {
  const pauseMs = tenths(dice.between(200, 350));
  return rewriteLine(draft, slip.line, (line) => ({
    ...line,
    pieces: [{ say: slip.wrong }, { pauseMs, why: 'breath' }, { say: slip.inTurn }],
    takesBack: { ...line.takesBack, [slot]: slip.wrongValue },
  }));
}

/** She corrects herself over the agent's reply. */
function overReply(draft: PlanDraft, change: Change, dice: Chance): PlanDraft {
  const { slot, slip, right } = change;
  return addStimuli(
    rewriteLine(draft, slip.line, (line) => misstated(line, change)),
    [
      {
        id: `corrects-${slot}`,
        kind: 'correction',
        trigger: { line: slip.line, utterance: 1, offsetMs: tenths(dice.between(200, 500)) },
        sham: false,
        pieces: [{ say: slip.repair }],
        manner: {},
        facts: { [slot]: right },
        takesFloor: true,
      },
    ],
  );
}

/** She corrects herself when it is her turn again. */
function nextTurn(draft: PlanDraft, change: Change): PlanDraft {
  const { slot, slip, right } = change;
  const repair: PlannedLine = {
    id: `repair-${slot}`,
    topic: 'repair',
    pieces: [{ say: slip.repair }],
    manner: {},
    facts: { [slot]: right },
    again: [{ pieces: [{ say: slip.repair }], manner: {} }],
    onAgenda: true,
  };
  const lines = draft.lines.flatMap((line) => (line.id === slip.line ? [misstated(line, change), repair] : [line]));
  return { ...draft, lines };
}

const PLACES = { 'in-turn': inTurn, 'over-reply': overReply, 'next-turn': nextTurn } as const;

/** Settings: `where` she corrects herself: `in-turn`, `over-reply`, `next-turn`; which `slot`, if the scenario has a slip of it (chance decides). */
const changesHerMind: Habit = {
  summary: 'states a wrong value first and corrects it in the same breath, over the reply, or a turn later',
  bounds: [{ metric: 'change_of_mind', of: 'rate', limit: 1 }],
  apply(draft, settings, dice) {
    const slots = Object.keys(draft.slips).sort();
    if (slots.length === 0) return draft;
    const names = Object.keys(PLACES) as (keyof typeof PLACES)[];
    const where = settings['where'] ?? dice.pick(names);
    const slot = slots.find((name) => name === settings['slot']) ?? dice.pick(slots);
    const slip = draft.slips[slot];
    const right = draft.facts[slot];
    const change = names.find((name) => name === where);
    if (!change) throw new UsageError(`"${where}" is no place to change one's mind; there are: ${names.join(', ')}`);
    if (!slip || right === undefined) {
      throw new UsageError(`the slip of "${slot}" has no right value; add "${slot}" to the scenario's facts`);
    }
    return PLACES[change](draft, { slot, slip, right }, dice);
  },
};

export default changesHerMind;
