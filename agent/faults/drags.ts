import type { Fault } from '../fault.ts';
import { hesitantCall, plainCall } from './parts/calls.ts';
import { numberOf } from './parts/number.ts';
import { waiting } from './parts/together.ts';

const drags: Fault = {
  summary:
    'lets every reply wait so long that she wonders whether it is there, though never long enough to give up on it',
  takes: 'milliseconds added to every reply (2300)',
  breaks: ['turn_latency', 'dead_air_count', 'eot_tradeoff'],
  mayMove: waiting,
  shows: [plainCall, hesitantCall],
  apply: (parts, arg) => {
    const more = numberOf('drags', 'milliseconds', arg, 2300);
    return { ...parts, manners: { ...parts.manners, replyDelayMs: parts.manners.replyDelayMs + more } };
  },
};

export default drags;
