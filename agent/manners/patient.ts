import { soundManners } from '../manners.ts';
import type { NamedManners } from '../manners.ts';

const patient: NamedManners = {
  summary: 'waits long after every turn: callers may think, and wait for every reply',
  manners: {
    ...soundManners,
    completeMs: 450,
    answeredMs: 700,
    refusedMs: 1300,
    openMs: 800,
    unclearMs: 1000,
    unfinishedMs: 2200,
  },
};

export default patient;
