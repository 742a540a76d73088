import { addStimuli, offsetsFor, pickSome, repliesFor, setting, tenths } from '../../harness/model/draft.ts';
import type { Habit } from '../../harness/model/person.ts';

/**
 * Said beside her, to somebody else. Shorter than 2 s: a reply of 3.3 s would end by itself within a second of a longer one,
 * and be taken for a stop (metrics.md 3.3).
 */
const ASIDES = [
  'have you seen my keys',
  'two coffees and the soup please',
  'come on, we have to leave',
  'did you feed the dog this morning',
];

/** Settings: `voice` of whoever is with her (rms), `gain` against her own level (-15 dB), `count` (1), `sham` the share that is only logged (0.2), `into` replies: `any`, `long`. */
const hasCompany: Habit = {
  summary: 'is not alone: somebody further off says something to somebody else while the agent speaks',
  bounds: [{ metric: 'false_barge_in', class: 'far-speaker', of: 'rate', limit: 0.34 }],
  apply(draft, settings, dice) {
    const share = setting(settings, 'sham', 0.2);
    const by = String(settings['voice'] ?? 'rms');
    const replies = pickSome(repliesFor(draft, settings), setting(settings, 'count', 1), dice);
    return addStimuli(
      draft,
      replies.map((line) => ({
        id: `company-${line || 'greeting'}`,
        kind: 'far-speaker',
        trigger: { line, utterance: 1, offsetMs: tenths(dice.between(...offsetsFor(settings, [300, 1000]))) },
        sham: dice.next() < share,
        pieces: [{ say: dice.pick(ASIDES), by }],
        manner: { gainDb: setting(settings, 'gain', -15) },
        facts: {},
        takesFloor: false,
      })),
    );
  },
};

export default hasCompany;
