import { say } from '../brain/dialogue.ts';
import type { Fault } from '../fault.ts';
import { rethinking } from './parts/brain.ts';
import { busyCall } from './parts/calls.ts';
import { handedOver, result } from './parts/together.ts';

const SORRY = "I'm sorry, nobody is there right now. Please try again another time. Goodbye.";

const givesUpOnDesks: Fault = {
  summary: 'tells her that nobody is there, takes no message and hangs up',
  breaks: ['failure_followup'],
  mayMove: [...handedOver, ...result],
  shows: [busyCall],
  apply: (parts) =>
    rethinking(parts, (think, dialogue, cue, policy) =>
      cue.kind === 'desk-failed'
        ? [{ ...dialogue, over: true }, [say(SORRY), { kind: 'hang-up' }]]
        : think(dialogue, cue, policy),
    ),
};

export default givesUpOnDesks;
