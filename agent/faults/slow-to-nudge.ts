import type { Fault } from '../fault.ts';
import { vanishingCall } from './parts/calls.ts';
import { numberOf } from './parts/number.ts';

const slowToNudge: Fault = {
  summary: 'lets a caller who has fallen silent wait long before it asks after her',
  takes: 'milliseconds added to the silence after which it asks (5000)',
  breaks: ['nudge_latency'],
  mayMove: ['silence_close'],
  shows: [vanishingCall],
  sweep: { metric: 'nudge_latency', args: [1000, 3000, 5000], per: 1, calls: [vanishingCall] },
  apply: (parts, arg) => {
    const more = numberOf('slow-to-nudge', 'milliseconds', arg, 5000);
    return { ...parts, manners: { ...parts.manners, silenceMs: parts.manners.silenceMs + more } };
  },
};

export default slowToNudge;
