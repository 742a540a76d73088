import { addStimuli, pickSome, repliesFor, setting, tenths } from '../../harness/model/draft.ts';
import type { Settings } from '../../harness/model/draft.ts';
import { UsageError } from '../../harness/model/errors.ts';
import type { Habit } from '../../harness/model/person.ts';
import type { PlannedStimulus } from '../../harness/model/plan.ts';
import type { Chance } from '../../harness/model/seed.ts';

/** Ways to take the floor in about 0.3 to 0.9, 0.6 to 1.5, and 1.5 to 3 s. None names a value of hers. */
const WORDS = {
  word: ['wait', 'hang on', 'hold on', 'excuse me', 'one second'],
  short: ['hang on a second', 'sorry, one question', 'wait, wait, hold on', 'excuse me, sorry'],
  long: [
    'hold on, what does that cost',
    'wait, how late are you open',
    'sorry, how much is that going to be',
    'sorry, before you go on, how much would a check up be',
  ],
} as const;

/** Where she comes in, ms from the onset of what the agent says. */
const MOMENTS = {
  start: [[120, 300]],
  later: [[420, 800]],
  // Where a front desk that names its clinic, itself and its question takes a breath: 'Dental, | this is ... assistant. | How'.
  breath: [
    [1090, 1240],
    [2440, 2600],
  ],
} as const;

type Length = keyof typeof WORDS;
type Moment = keyof typeof MOMENTS;

function chosen<T extends string>(settings: Settings, name: string, choices: readonly T[], dice: Chance): T {
  const asked = settings[name] ?? 'any';
  if (asked === 'any') return dice.pick(choices);
  const found = choices.find((choice) => choice === asked);
  if (found) return found;
  throw new UsageError(`the habit barges-in has no ${name} "${asked}"; there are: any, ${choices.join(', ')}`);
}

const LENGTHS = Object.keys(WORDS) as readonly Length[];

/** Only of the greeting does she know where it breathes. */
const momentsIn = (line: string): readonly Moment[] =>
  line === '' ? ['start', 'later', 'breath'] : ['start', 'later'];

function bargesInto(line: string, settings: Settings, dice: Chance): PlannedStimulus {
  const length = chosen(settings, 'length', LENGTHS, dice);
  const moment = chosen(settings, 'moment', momentsIn(line), dice);
  const [from, to] = dice.pick<readonly [number, number]>(MOMENTS[moment]);
  return {
    id: `barges-into-${line || 'greeting'}`,
    kind: 'interruption',
    trigger: {
      line,
      utterance: 1,
      offsetMs: tenths(dice.between(from, to)),
      ...(moment === 'breath' ? { aim: 'breath' } : {}),
    },
    sham: dice.next() < setting(settings, 'sham', 0.2),
    pieces: [{ say: dice.pick<string>(WORDS[length]) }],
    manner: {},
    facts: {},
    takesFloor: true,
  };
}

/**
 * Settings: `count` (2), `length`: `word`, `short`, `long`, `any`; `moment`: `start` (the first 300 ms), `later`, `breath`
 * (the greeting's clause ends), `any`; `sham` the share that is only logged (0.2), `into` replies: `any`, `long`, `greeting`.
 */
const bargesIn: Habit = {
  summary:
    'takes the floor with a word or a long sentence, at the start of what the agent says, in mid-word or at a breath',
  bounds: [
    { metric: 'yield_rate', class: 'interruption', of: 'rate', limit: 0.5 },
    { metric: 'stop_time', class: 'interruption', of: 'p50', limit: 800 },
  ],
  apply(draft, settings, dice) {
    const free = settings['into'] === 'greeting' ? [''] : repliesFor(draft, settings);
    const replies = pickSome(free, setting(settings, 'count', 2), dice);
    return addStimuli(
      draft,
      replies.map((line) => bargesInto(line, settings, dice)),
    );
  },
};

export default bargesIn;
