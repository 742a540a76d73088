import { addStimuli, pickSome, rewriteLine, setting, tenths } from '../../harness/model/draft.ts';
import type { Habit } from '../../harness/model/person.ts';
import type { PlannedStimulus } from '../../harness/model/plan.ts';

/** She takes this long before she answers: an agent that lets a cough pass is seen to, and need not ask after her yet, ms. */
const THINKS_MS = 4500;

/** Settings: `count` how often (2); `sham` the share that is only logged (0.2). */
const clearsHerThroat: Habit = {
  summary: 'coughs into the silence after a question, and takes her time to answer',
  bounds: [{ metric: 'spurious_response', class: 'cough', of: 'rate', limit: 0.34 }],
  apply(draft, settings, dice) {
    const share = setting(settings, 'sham', 0.2);
    const agenda = draft.lines.filter(({ onAgenda, topic }) => onAgenda && topic !== 'goodbye');
    const answers = pickSome(agenda, setting(settings, 'count', 2), dice);
    const coughs = answers.map((line): PlannedStimulus => ({
      id: `throat-${line.id}`,
      kind: 'cough',
      trigger: {
        line: agenda[agenda.indexOf(line) - 1]?.id ?? '',
        utterance: 1,
        offsetMs: tenths(dice.between(500, 1200)),
        from: 'end',
      },
      sham: dice.next() < share,
      pieces: [{ sound: 'cough', lengthMs: tenths(dice.between(200, 400)) }],
      manner: {},
      facts: {},
      takesFloor: false,
    }));
    const thoughtful = answers.reduce(
      (before, { id }) =>
        rewriteLine(before, id, (line) => ({ ...line, silence: { forMs: THINKS_MS, ends: 'speaks' } })),
      draft,
    );
    return addStimuli(thoughtful, coughs);
  },
};

export default clearsHerThroat;
