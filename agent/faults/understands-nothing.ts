import type { Ear, Heard } from '../../harness/model/speech.ts';
import type { Fault } from '../fault.ts';
import { plainTurns } from './parts/calls.ts';
import { again, handedOver, result, waiting } from './parts/together.ts';

const nothing: Heard = { text: '', garbage: 1 };

/** An ear to which everything is noise. */
const stoppedUp = (ear: Ear): Ear => ({
  rate: ear.rate,
  prepare: (grammars, pronunciations) => ear.prepare(grammars, pronunciations),
  close: () => ear.close(),
  listen: () => ({
    push: () => Promise.resolve(nothing),
    finish: () => Promise.resolve(nothing),
    abandon: () => undefined,
  }),
});

const understandsNothing: Fault = {
  summary: 'hears that she speaks, and not a word of it',
  breaks: ['ear_error'],
  mayMove: [...again, ...result, ...handedOver, ...waiting],
  shows: [{ ...plainTurns, mind: 'listener' }],
  apply: (parts) => ({ ...parts, ear: stoppedUp(parts.ear) }),
};

export default understandsNothing;
