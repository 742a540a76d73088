import type { Fault } from '../fault.ts';
import { again, result } from './parts/together.ts';

const forgetsCorrection: Fault = {
  summary: 'keeps the first value it heard when the caller changes her mind',
  breaks: ['change_of_mind', 'task_success', 'old_value_respoken'],
  // Corrected over its reply, it says that reply again, and has not recovered.
  mayMove: ['interrupt_recovery', 'post_barge_restart', ...result, ...again],
  shows: [
    { persona: 'wavering-wanda', scenario: 'move-appointment' },
    { persona: 'second-thought-sarah', scenario: 'book-cleaning' },
  ],
  apply: (parts) => ({ ...parts, policy: { ...parts.policy, revise: (held, told) => ({ ...told, ...held }) } }),
};

export default forgetsCorrection;
