import type { Fault } from '../fault.ts';
import { plainCall } from './parts/calls.ts';
import { delayed, mangling } from './parts/line.ts';
import { numberOf } from './parts/number.ts';
import { waiting } from './parts/together.ts';

/** Every third reply: a median does not notice. */
const EVERY = 3;

const slowTail: Fault = {
  summary: 'is quick most of the time, but one reply in three takes seconds',
  takes: 'milliseconds added to every third reply (4000)',
  breaks: ['dead_air'],
  mayMove: waiting,
  shows: [plainCall],
  apply: (parts, arg) => {
    const late = numberOf('slow-tail', 'milliseconds', arg, 4000);
    return mangling(parts, (chunks, nth, clock) => (nth % EVERY === 0 ? delayed(chunks, late, clock) : chunks));
  },
};

export default slowTail;
