import type { Fault } from '../fault.ts';

const yieldsToEverything: Fault = {
  summary: 'stops for good at every sound, a "mm-hm" and a cough included',
  breaks: ['false_barge_in'],
  apply: (parts) => ({ ...parts, manners: { ...parts.manners, bargeInMs: 40, interruptMs: 0 } }),
};

export default yieldsToEverything;
