import { addStimuli, freeReplies, pickSome, setting, tenths } from '../../harness/model/draft.ts';
import type { Habit } from '../../harness/model/person.ts';

const SOUNDS = ['uh huh', 'yeah', 'okay', 'right'];

/** Settings: `count` (3), `sham` the share that is only logged (0.2). */
const backchannels: Habit = {
  summary: 'says "uh huh" and "okay" while she listens, and does not want the floor',
  bounds: [{ metric: 'false_barge_in', class: 'backchannel', of: 'rate', limit: 0.34 }],
  apply(draft, settings, dice) {
    const share = setting(settings, 'sham', 0.2);
    const replies = pickSome(freeReplies(draft), setting(settings, 'count', 3), dice);
    return addStimuli(
      draft,
      replies.map((line) => ({
        id: `backchannel-${line || 'greeting'}`,
        kind: 'backchannel',
        trigger: { line, utterance: 1, offsetMs: tenths(dice.between(400, 1100)) },
        sham: dice.next() < share,
        pieces: [{ say: dice.pick(SOUNDS) }],
        manner: { gainDb: -3 },
        facts: {},
        takesFloor: false,
      })),
    );
  },
};

export default backchannels;
