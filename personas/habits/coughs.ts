import { addStimuli, freeReplies, pickSome, setting, tenths } from '../../harness/model/draft.ts';
import type { Habit } from '../../harness/model/person.ts';

/** Settings: `count` (2), `sham` the share that is only logged (0.2). */
const coughs: Habit = {
  summary: 'coughs while the agent speaks',
  bounds: [{ metric: 'false_barge_in', class: 'cough', of: 'rate', limit: 0.34 }],
  apply(draft, settings, dice) {
    const share = setting(settings, 'sham', 0.2);
    const replies = pickSome(freeReplies(draft), setting(settings, 'count', 2), dice);
    return addStimuli(
      draft,
      replies.map((line) => ({
        id: `cough-${line || 'greeting'}`,
        kind: 'cough',
        trigger: { line, utterance: 1, offsetMs: tenths(dice.between(300, 1000)) },
        sham: dice.next() < share,
        pieces: [{ sound: 'cough', lengthMs: tenths(dice.between(200, 400)) }],
        manner: {},
        facts: {},
        takesFloor: false,
      })),
    );
  },
};

export default coughs;
