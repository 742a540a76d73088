import { addStimuli, offsetsFor, pickSome, repliesFor, setting, tenths } from '../../harness/model/draft.ts';
import type { Habit } from '../../harness/model/person.ts';

/** Settings: `count` (1), `shortest` (350) and `longest` (1100), ms, `sham` the share that is only logged (0.2), `into` replies: `any`, `long`. */
const laughs: Habit = {
  summary: 'laughs while the agent speaks',
  bounds: [{ metric: 'false_barge_in', class: 'laugh', of: 'rate', limit: 0.34 }],
  apply(draft, settings, dice) {
    const share = setting(settings, 'sham', 0.2);
    const replies = pickSome(repliesFor(draft, settings), setting(settings, 'count', 1), dice);
    const [shortest, longest] = [setting(settings, 'shortest', 350), setting(settings, 'longest', 1100)];
    return addStimuli(
      draft,
      replies.map((line) => ({
        id: `laugh-${line || 'greeting'}`,
        kind: 'laugh',
        trigger: { line, utterance: 1, offsetMs: tenths(dice.between(...offsetsFor(settings, [300, 1000]))) },
        sham: dice.next() < share,
        pieces: [{ sound: 'laugh', lengthMs: tenths(dice.between(shortest, longest)) }],
        manner: {},
        facts: {},
        takesFloor: false,
      })),
    );
  },
};

export default laughs;
