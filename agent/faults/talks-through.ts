import type { Fault } from '../fault.ts';
import deafToBargeIn from './deaf-to-barge-in.ts';
import monologues from './monologues.ts';
import { again, lettingIn, result, talking, waiting } from './parts/together.ts';

const talksThrough: Fault = {
  summary: 'makes speeches and cannot be stopped in them, however long or loud she tries',
  breaks: ['yield_by_length', 'yield_by_level', 'yield_rate', 'opening_yield'],
  mayMove: [...lettingIn, ...talking, ...again, ...result, ...waiting],
  shows: [{ persona: 'insistent-emma', scenario: 'price-and-hours', mind: 'script', turns: 1 }],
  apply: (parts) => deafToBargeIn.apply(monologues.apply(parts)),
};

export default talksThrough;
