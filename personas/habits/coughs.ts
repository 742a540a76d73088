import { addStimuli, offsetsFor, pickSome, repliesFor, setting, tenths } from '../../harness/model/draft.ts';
import type { Habit } from '../../harness/model/person.ts';

/** Settings: `count` (2), `shortest` (200) and `longest` (400), ms, `sham` the share that is only logged (0.2), `into` replies: `any`, `long`. */
const coughs: Habit = {
  summary: 'coughs while the agent speaks',
  bounds: [{ metric: 'false_barge_in', class: 'cough', of: 'rate', limit: 0.34 }],
  apply(draft, settings, dice) {
    const share = setting(settings, 'sham', 0.2);
    const replies = pickSome(repliesFor(draft, settings), setting(settings, 'count', 2), dice);
    const [shortest, longest] = [setting(settings, 'shortest', 200), setting(settings, 'longest', 400)];
    return addStimuli(
      draft,
      replies.map((line) => ({
        id: `cough-${line || 'greeting'}`,
        kind: 'cough',
        trigger: { line, utterance: 1, offsetMs: tenths(dice.between(...offsetsFor(settings, [300, 1000]))) },
        sham: dice.next() < share,
        pieces: [{ sound: 'cough', lengthMs: tenths(dice.between(shortest, longest)) }],
        manner: {},
        facts: {},
        takesFloor: false,
      })),
    );
  },
};

export default coughs;
