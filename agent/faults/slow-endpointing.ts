import type { Fault } from '../fault.ts';
import { plainTurns } from './parts/calls.ts';
import { numberOf } from './parts/number.ts';
import { waiting } from './parts/together.ts';

const slowEndpointing: Fault = {
  summary: 'waits long after every turn, to be sure that she is done',
  takes: 'milliseconds of silence beyond the usual (1000)',
  breaks: ['turn_latency', 'stage_endpointing'],
  mayMove: waiting,
  shows: [plainTurns],
  apply: (parts, arg) => {
    const more = numberOf('slow-endpointing', 'milliseconds', arg, 1000);
    return {
      ...parts,
      manners: { ...parts.manners, unclearMs: parts.manners.unclearMs + more },
      endOfTurn: (heard, asked, manners) => {
        const reading = parts.endOfTurn(heard, asked, manners);
        return { ...reading, patienceMs: reading.patienceMs + more };
      },
    };
  },
};

export default slowEndpointing;
