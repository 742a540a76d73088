import type { Fault } from '../fault.ts';
import { plainTurns } from './parts/calls.ts';
import { numberOf } from './parts/number.ts';
import { waiting } from './parts/together.ts';

const slow: Fault = {
  summary: 'thinks before every reply',
  takes: 'milliseconds added to every reply (1500)',
  breaks: ['turn_latency', 'substantive_latency', 'stage_residual'],
  mayMove: waiting,
  shows: [plainTurns],
  sweep: { metric: 'turn_latency', args: [100, 500, 900], per: 1, calls: [plainTurns] },
  apply: (parts, arg) => ({
    ...parts,
    manners: {
      ...parts.manners,
      replyDelayMs: parts.manners.replyDelayMs + numberOf('slow', 'milliseconds', arg, 1500),
    },
  }),
};

export default slow;
