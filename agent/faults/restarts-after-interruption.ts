import { say } from '../brain/dialogue.ts';
import type { Fault } from '../fault.ts';
import { rethinking } from './parts/brain.ts';
import { interruptedCall } from './parts/calls.ts';
import { again, lettingIn, result, waiting } from './parts/together.ts';

const restartsAfterInterruption: Fault = {
  summary: 'stops when interrupted, and then says the same sentence from the beginning',
  breaks: ['post_barge_restart'],
  mayMove: [...lettingIn, ...again, ...result, ...waiting],
  shows: [interruptedCall],
  apply: (parts) =>
    rethinking(parts, (think, dialogue, cue, policy) => {
      if (cue.kind !== 'heard' || !dialogue.cutOff || dialogue.over) return think(dialogue, cue, policy);
      return [{ ...dialogue, cutOff: false }, [say(dialogue.said)]];
    }),
};

export default restartsAfterInterruption;
