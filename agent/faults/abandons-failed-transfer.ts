import type { Fault } from '../fault.ts';
import { rethinking } from './parts/brain.ts';
import { billCall } from './parts/calls.ts';
import { again, handedOver, result, waiting } from './parts/together.ts';

const abandonsFailedTransfer: Fault = {
  summary: 'does not come back to the caller when nobody at the desk answers',
  breaks: ['failure_recovery', 'failure_followup'],
  mayMove: [...handedOver, ...again, ...result, ...waiting, 'hold_time'],
  shows: [{ ...billCall, desks: 'busy' }],
  apply: (parts) =>
    rethinking(parts, (think, dialogue, cue, policy) =>
      cue.kind === 'desk-failed' ? [{ ...dialogue, over: true }, [{ kind: 'hang-up' }]] : think(dialogue, cue, policy),
    ),
};

export default abandonsFailedTransfer;
