import type { Fault } from '../fault.ts';
import { plainTurns } from './parts/calls.ts';
import { delayed, mangling } from './parts/line.ts';
import { numberOf } from './parts/number.ts';
import { waiting } from './parts/together.ts';

/** The second reply: after the greeting and the first answer all seems well. */
const NTH = 3;

const deadAir: Fault = {
  summary: 'falls silent once, for so long that the line seems dead',
  takes: 'milliseconds of silence before its second reply (6500)',
  breaks: ['dead_air'],
  mayMove: waiting,
  shows: [plainTurns],
  apply: (parts, arg) => {
    const silence = numberOf('dead-air', 'milliseconds', arg, 6500);
    return mangling(parts, (chunks, nth, clock) => (nth === NTH ? delayed(chunks, silence, clock) : chunks));
  },
};

export default deadAir;
