import type { Fault } from '../fault.ts';
import { hesitantCall } from './parts/calls.ts';
import { numberOf } from './parts/number.ts';
import { again, lettingFinish, lettingIn, result, waiting } from './parts/together.ts';

/** Shorter than the gaps between two phrases. */
const IMPATIENT_MS = 160;

const cutsIn: Fault = {
  summary: 'takes every pause for the end of the turn',
  takes: 'milliseconds of silence it waits for (160)',
  breaks: ['cut_in', 'pause_tolerance'],
  mayMove: [...lettingFinish, ...lettingIn, ...again, ...result, ...waiting],
  shows: [hesitantCall],
  apply: (parts, arg) => {
    const patienceMs = numberOf('cuts-in', 'milliseconds', arg, IMPATIENT_MS);
    return {
      ...parts,
      manners: { ...parts.manners, unclearMs: patienceMs },
      endOfTurn: (heard, asked, manners) => ({ ...parts.endOfTurn(heard, asked, manners), patienceMs }),
    };
  },
};

export default cutsIn;
