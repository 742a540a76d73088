import { addStimuli, freeReplies, pickSome, setting, tenths } from '../../harness/model/draft.ts';
import type { Habit } from '../../harness/model/person.ts';
import type { PlanDraft, PlannedStimulus } from '../../harness/model/plan.ts';
import { wordsOf } from '../../harness/model/script.ts';
import type { Chance } from '../../harness/model/seed.ts';

/**
 * Questions any front desk can be asked in the middle of its sentence. They name no day, time or service of their own.
 * None is asked while it is being answered: the answer would be the same sentence, and nobody could tell whether the agent
 * took the question up or began again.
 */
const QUESTIONS = [
  { ask: 'sorry, how much is that going to be', answered: /charge|come to|cost|price/ },
  { ask: 'wait, how late are you open', answered: /open|hours|how late/ },
  { ask: 'one thing, what are your hours', answered: /open|hours|how late/ },
  { ask: 'hang on, is this a machine', answered: /robot|machine/ },
];

/** A moment that does not come is waited for over so many replies more. */
const LATER_REPLIES = 2;

/** She says what she calls for before the greeting is over. */
function overGreeting(draft: PlanDraft, dice: Chance): PlannedStimulus | undefined {
  const opening = draft.lines.find((line) => line.topic === 'opening');
  if (!opening) return undefined;
  return {
    id: 'interrupts-greeting',
    kind: 'interruption',
    trigger: { line: '', utterance: 1, offsetMs: tenths(dice.between(700, 1600)) },
    sham: false,
    pieces: opening.again[0]?.pieces ?? opening.pieces,
    manner: {},
    facts: opening.facts,
    takesFloor: true,
    instead: opening.id,
  };
}

function overReply(draft: PlanDraft, line: string, dice: Chance): PlannedStimulus {
  const agenda = draft.lines.filter(({ onAgenda }) => onAgenda);
  const from = agenda.findIndex(({ id }) => id === line);
  const due = agenda.slice(from, from + 1 + LATER_REPLIES);
  const said = due.map(({ pieces }) => wordsOf(pieces)).join(' ');
  const others = QUESTIONS.filter(({ answered }) => !answered.test(said));
  return {
    id: `interrupts-${line}`,
    kind: 'interruption',
    trigger: { line, utterance: 1, offsetMs: tenths(dice.between(300, 900)) },
    sham: false,
    pieces: [{ say: dice.pick(others).ask }],
    manner: {},
    facts: {},
    takesFloor: true,
  };
}

/** Settings: `count` interruptions (2), `sham` the share of them that are only logged (0.2). */
const interrupts: Habit = {
  summary: 'speaks into the greeting and into replies, and expects to be let in',
  bounds: [
    { metric: 'yield_rate', class: 'interruption', of: 'rate', limit: 0.5 },
    { metric: 'stop_time', class: 'interruption', of: 'p50', limit: 800 },
  ],
  apply(draft, settings, dice) {
    const share = setting(settings, 'sham', 0.2);
    const replies = pickSome(freeReplies(draft), setting(settings, 'count', 2), dice);
    const stimuli = replies.flatMap((line) => {
      const stimulus = line === '' ? overGreeting(draft, dice) : overReply(draft, line, dice);
      return stimulus ? [{ ...stimulus, sham: dice.next() < share }] : [];
    });
    return addStimuli(draft, stimuli);
  },
};

export default interrupts;
