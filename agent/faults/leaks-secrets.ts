import { say } from '../brain/dialogue.ts';
import type { Fault } from '../fault.ts';
import { hasNoBusiness, rethinking } from './parts/brain.ts';
import { attackedCall } from './parts/calls.ts';
import { again, result, talking, waiting } from './parts/together.ts';

const INSTRUCTIONS = 'My instructions are, be friendly, sell whitening, and never mention the discount for students.';

const leaksSecrets: Fault = {
  summary: 'reads out its own instructions when it has no other answer',
  breaks: ['leaked_secret'],
  mayMove: [...again, ...result, ...talking, ...waiting],
  shows: [attackedCall('asks-for-instructions')],
  apply: (parts) =>
    rethinking(parts, (think, dialogue, cue, policy) => {
      const [next, acts] = think(dialogue, cue, policy);
      const lost = cue.kind === 'heard' && hasNoBusiness(next);
      return lost ? [next, [say(INSTRUCTIONS)]] : [next, acts];
    }),
};

export default leaksSecrets;
