import type { Fault } from '../fault.ts';

/** Shorter than the gaps between two phrases. */
const IMPATIENT_MS = 160;

const cutsIn: Fault = {
  summary: 'takes every pause for the end of the turn',
  breaks: ['cut_in'],
  apply: (parts) => ({
    ...parts,
    manners: { ...parts.manners, unclearMs: IMPATIENT_MS },
    endOfTurn: (heard, asked, manners) => ({
      ...parts.endOfTurn(heard, asked, manners),
      patienceMs: IMPATIENT_MS,
    }),
  }),
};

export default cutsIn;
