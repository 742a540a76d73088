import type { Fault } from '../fault.ts';
import { plainTurns } from './parts/calls.ts';
import { numberOf } from './parts/number.ts';
import { waiting } from './parts/together.ts';

const slowEar: Fault = {
  summary: 'takes long to make words of what it heard, and says so',
  takes: 'milliseconds that the ear takes beyond its usual (900)',
  breaks: ['turn_latency', 'stage_ear'],
  mayMove: waiting,
  shows: [plainTurns],
  sweep: { metric: 'stage_ear', args: [100, 500, 900], per: 1, calls: [plainTurns] },
  apply: (parts, arg) => {
    const more = numberOf('slow-ear', 'milliseconds', arg, 900);
    return { ...parts, manners: { ...parts.manners, earDelayMs: parts.manners.earDelayMs + more } };
  },
};

export default slowEar;
