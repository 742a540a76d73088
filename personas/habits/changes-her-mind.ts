import { addStimuli, rewriteLine, setting, tenths } from '../../harness/model/draft.ts';
import { UsageError } from '../../harness/model/errors.ts';
import type { Settings } from '../../harness/model/draft.ts';
import type { Habit } from '../../harness/model/person.ts';
import type { Facts, PlanDraft, PlannedLine, Slip } from '../../harness/model/plan.ts';
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
function inTurn(draft: PlanDraft, { slot, slip }: Change, dice: Chance, settings: Settings): PlanDraft {
  const pauseMs = tenths(dice.between(setting(settings, 'shortest', 200), setting(settings, 'longest', 350)));
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

/** A line of its own in which a value replaces the one before. */
const correction = (topic: 'repair' | 'second-thoughts', id: string, words: string, facts: Facts): PlannedLine => ({
  id,
  topic,
  pieces: [{ say: words }],
  manner: {},
  facts,
  again: [words, words].map((say) => ({ pieces: [{ say }], manner: {} })),
  onAgenda: true,
});

/** The draft with `lines` right behind line `id`. */
const following = (draft: PlanDraft, id: string | undefined, lines: readonly PlannedLine[]): PlanDraft => ({
  ...draft,
  lines: draft.lines.flatMap((line) => (line.id === id ? [line, ...lines] : [line])),
});

/** She corrects herself when it is her turn again. */
function nextTurn(draft: PlanDraft, change: Change): PlanDraft {
  const { slot, slip, right } = change;
  const misled = rewriteLine(draft, slip.line, (line) => misstated(line, change));
  return following(misled, slip.line, [correction('repair', `repair-${slot}`, slip.repair, { [slot]: right })]);
}

/** What she says while she still wants the wrong value and it is read back as something else. */
const insists = ({ slot, slip }: Change): PlannedLine => ({
  ...correction('repair', `insists-${slot}`, slip.away ?? slip.wrong, { [slot]: slip.wrongValue }),
  topic: `fix:${slot}`,
  onAgenda: false,
});

/** She says yes to the wrong value, and thinks better of it when it is booked. */
function afterConfirmation(draft: PlanDraft, change: Change): PlanDraft {
  const { slot, slip, right } = change;
  const settled = draft.lines.find(({ topic, onAgenda }) => topic === 'confirm' && onAgenda);
  const misled = rewriteLine(draft, slip.line, (line) => misstated(line, change));
  const later = correction('second-thoughts', `repair-${slot}`, slip.later ?? slip.repair, { [slot]: right });
  const followed = following(misled, settled?.id, [later]);
  return { ...followed, lines: [...followed.lines, insists(change)] };
}

/** Right, wrong, and right again: she ends with the value she began with. */
function twice(draft: PlanDraft, change: Change): PlanDraft {
  const { slot, slip, right } = change;
  return following(draft, slip.line, [
    correction('repair', `leaves-${slot}`, slip.away ?? slip.wrong, { [slot]: slip.wrongValue }),
    correction('repair', `repair-${slot}`, slip.repair, { [slot]: right }),
  ]);
}

const PLACES = {
  'in-turn': inTurn,
  'over-reply': overReply,
  'next-turn': nextTurn,
  'after-confirmation': afterConfirmation,
  twice,
} as const;

/** Where chance takes her: she changes her mind once. */
const ONCE: readonly (keyof typeof PLACES)[] = ['in-turn', 'over-reply', 'next-turn', 'after-confirmation'];

/**
 * Settings: `where` she corrects herself: `in-turn`, `over-reply`, `next-turn`, `after-confirmation` (chance decides), or
 * `twice`: back to the value she began with; `slot` whose value (chance decides; nothing happens where there is none);
 * in her turn after a pause of `shortest` (200) to `longest` (350) ms.
 */
const changesHerMind: Habit = {
  summary:
    'states a value and corrects it: in the same breath, over the reply, a turn later, once it is booked, or twice',
  bounds: [{ metric: 'change_of_mind', of: 'rate', limit: 1 }],
  apply(draft, settings, dice) {
    const slots = Object.keys(draft.slips).sort();
    if (slots.length === 0) return draft;
    const names = Object.keys(PLACES) as (keyof typeof PLACES)[];
    const where = settings['where'] ?? dice.pick(ONCE);
    const slot = String(settings['slot'] ?? dice.pick(slots));
    if (!slots.includes(slot)) return draft;
    const slip = draft.slips[slot];
    const right = draft.facts[slot];
    const change = names.find((name) => name === where);
    if (!change) throw new UsageError(`"${where}" is no place to change one's mind; there are: ${names.join(', ')}`);
    if (!slip || right === undefined) {
      throw new UsageError(`the slip of "${slot}" has no right value; add "${slot}" to the scenario's facts`);
    }
    return PLACES[change](draft, { slot, slip, right }, dice, settings);
  },
};

export default changesHerMind;
