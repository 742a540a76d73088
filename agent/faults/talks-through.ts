import type { Fault } from '../fault.ts';
import deafToBargeIn from './deaf-to-barge-in.ts';
import monologues from './monologues.ts';
import { interruptedCall } from './parts/calls.ts';
import { again, lettingIn, result, talking, waiting } from './parts/together.ts';

const talksThrough: Fault = {
  summary: 'makes speeches and cannot be stopped in them, however long or loud she tries',
  breaks: ['yield_by_length', 'yield_by_level', 'yield_rate'],
  mayMove: [...lettingIn, ...talking, ...again, ...result, ...waiting],
  shows: [interruptedCall],
  apply: (parts) => deafToBargeIn.apply(monologues.apply(parts)),
};

export default talksThrough;
