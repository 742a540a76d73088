import { addStimuli, offsetsFor, pickSome, repliesFor, setting, tenths } from '../../harness/model/draft.ts';
import type { Habit } from '../../harness/model/person.ts';

/** Settings: `count` (1), `shortest` (100) and `longest` (600), ms, `sham` the share that is only logged (0.2), `into` replies: `any`, `long`. */
const dropsThings: Habit = {
  summary: 'lets things fall and doors bang while the agent speaks',
  bounds: [{ metric: 'false_barge_in', class: 'noise', of: 'rate', limit: 0.34 }],
  apply(draft, settings, dice) {
    const share = setting(settings, 'sham', 0.2);
    const replies = pickSome(repliesFor(draft, settings), setting(settings, 'count', 1), dice);
    const [shortest, longest] = [setting(settings, 'shortest', 100), setting(settings, 'longest', 600)];
    return addStimuli(
      draft,
      replies.map((line) => ({
        id: `bang-${line || 'greeting'}`,
        kind: 'noise',
        trigger: { line, utterance: 1, offsetMs: tenths(dice.between(...offsetsFor(settings, [300, 1000]))) },
        sham: dice.next() < share,
        pieces: [{ sound: 'bang', lengthMs: tenths(dice.between(shortest, longest)) }],
        manner: {},
        facts: {},
        takesFloor: false,
      })),
    );
  },
};

export default dropsThings;
