import { addStimuli, offsetsFor, pickSome, repliesFor, setting, tenths } from '../../harness/model/draft.ts';
import type { Habit } from '../../harness/model/person.ts';

/** What she says, and about how long that takes, ms. */
const SOUNDS = [
  { say: 'uh huh', lasts: 300 },
  { say: 'yeah', lasts: 300 },
  { say: 'okay', lasts: 480 },
  { say: 'right', lasts: 350 },
  { say: 'mm', lasts: 250 },
  { say: 'sure', lasts: 400 },
  { say: 'i see', lasts: 490 },
  { say: 'mm hmm', lasts: 520 },
  { say: 'oh okay', lasts: 680 },
  { say: 'yeah, right', lasts: 850 },
  { say: 'okay, i see', lasts: 1200 },
];

/** The four that everybody says. */
const USUAL = 4;

/** Settings: `count` (3), `sham` the share that is only logged (0.2), `say`: `usual` ones, `all`; `into` replies: `any`, `long`. */
const backchannels: Habit = {
  summary: 'says "uh huh" and "okay" while she listens, and does not want the floor',
  bounds: [{ metric: 'false_barge_in', class: 'backchannel', of: 'rate', limit: 0.34 }],
  apply(draft, settings, dice) {
    const share = setting(settings, 'sham', 0.2);
    const replies = pickSome(repliesFor(draft, settings), setting(settings, 'count', 3), dice);
    const sounds = settings['say'] === 'all' ? SOUNDS : SOUNDS.slice(0, USUAL);
    return addStimuli(
      draft,
      replies.map((line) => ({
        id: `backchannel-${line || 'greeting'}`,
        kind: 'backchannel',
        trigger: { line, utterance: 1, offsetMs: tenths(dice.between(...offsetsFor(settings, [400, 1100]))) },
        sham: dice.next() < share,
        pieces: [{ say: dice.pick(sounds).say }],
        manner: { gainDb: -3 },
        facts: {},
        takesFloor: false,
      })),
    );
  },
};

export default backchannels;
