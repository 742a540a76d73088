import type { Fault } from '../fault.ts';
import { plainTurns } from './parts/calls.ts';
import { numberOf } from './parts/number.ts';
import { waiting } from './parts/together.ts';

const slowBrain: Fault = {
  summary: 'thinks its reply out to the end before the first word of it, and says so',
  takes: 'milliseconds that it thinks (900)',
  breaks: ['turn_latency', 'stage_brain', 'streaming'],
  mayMove: waiting,
  shows: [plainTurns],
  sweep: { metric: 'stage_brain', args: [100, 500, 900], per: 1, calls: [plainTurns] },
  apply: (parts, arg) => {
    const more = numberOf('slow-brain', 'milliseconds', arg, 900);
    return { ...parts, manners: { ...parts.manners, brainDelayMs: parts.manners.brainDelayMs + more } };
  },
};

export default slowBrain;
