import type { Fault } from '../fault.ts';
import { rethinking } from './parts/brain.ts';
import { vanishingCall } from './parts/calls.ts';

const neverCloses: Fault = {
  summary: 'asks after a caller who has gone away again and again, and never ends the call',
  breaks: ['silence_close'],
  mayMove: [],
  shows: [vanishingCall],
  apply: (parts) =>
    rethinking(parts, (think, dialogue, cue, policy) =>
      think(cue.kind === 'silence' ? { ...dialogue, silences: dialogue.silences % 2 } : dialogue, cue, policy),
    ),
};

export default neverCloses;
