import type { Ear, Heard } from '../../harness/model/speech.ts';
import type { Fault } from '../fault.ts';
import { bookCall } from './parts/calls.ts';
import { again, handedOver, result, waiting } from './parts/together.ts';

const TAKEN_FOR: Readonly<Record<string, string>> = { tuesday: 'thursday', thursday: 'tuesday', friday: 'monday' };

const garbled = ({ text, garbage }: Heard): Heard => ({
  text: text
    .split(' ')
    .map((word) => TAKEN_FOR[word] ?? word)
    .join(' '),
  garbage,
});

/** An ear that takes one day for another. */
const poor = (ear: Ear): Ear => ({
  rate: ear.rate,
  prepare: (grammars, pronunciations) => ear.prepare(grammars, pronunciations),
  close: () => ear.close(),
  listen: (name) => {
    const hearing = ear.listen(name);
    return {
      push: async (samples) => garbled(await hearing.push(samples)),
      finish: async () => garbled(await hearing.finish()),
      abandon: () => hearing.abandon(),
    };
  },
});

const mishears: Fault = {
  summary: 'takes one day for another, and will not be told',
  breaks: ['task_success'],
  mayMove: [...result, ...again, ...waiting, ...handedOver],
  shows: [bookCall],
  apply: (parts) => ({ ...parts, ear: poor(parts.ear) }),
};

export default mishears;
