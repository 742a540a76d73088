import { addStimuli, setting, tenths } from '../../harness/model/draft.ts';
import type { Habit } from '../../harness/model/person.ts';

/**
 * Settings: from `from` (500) to `to` (2500) ms into the greeting; `sham` the share that is only logged (0). Where she calls
 * for a person, the key says so in place of her first line.
 */
const pressesZero: Habit = {
  summary: 'presses 0 over the greeting, as people do who want a person and no machine',
  bounds: [{ metric: 'yield_rate', class: 'key', of: 'rate', limit: 0.5 }],
  apply(draft, settings, dice) {
    const opening = draft.lines.find(({ topic }) => topic === 'opening');
    const asks = opening?.facts['reason'] === 'person';
    return addStimuli(draft, [
      {
        id: 'presses-zero',
        kind: 'key',
        trigger: {
          line: '',
          utterance: 1,
          offsetMs: tenths(dice.between(setting(settings, 'from', 500), setting(settings, 'to', 2500))),
        },
        sham: dice.next() < setting(settings, 'sham', 0),
        pieces: [],
        keys: ['0'],
        manner: {},
        facts: asks ? opening.facts : {},
        takesFloor: true,
        ...(asks ? { instead: opening.id } : {}),
      },
    ]);
  },
};

export default pressesZero;
