import { narrower, sorry } from '../brain/phrases.ts';
import type { Fault } from '../fault.ts';
import { mutteredCall } from './parts/calls.ts';
import { again, result } from './parts/together.ts';

const asksForEver: Fault = {
  summary: 'asks again and again, in other words each time, and never gets a person',
  breaks: ['fallback_escalation'],
  mayMove: [...again, ...result],
  shows: [mutteredCall],
  apply: (parts) => ({
    ...parts,
    policy: {
      ...parts.policy,
      repair: (misses, asked) => ({ kind: 'ask', text: misses % 2 === 1 ? sorry : narrower(asked) }),
    },
  }),
};

export default asksForEver;
