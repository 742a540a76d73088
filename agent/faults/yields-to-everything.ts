import type { Fault } from '../fault.ts';
import { again, lettingIn, waiting } from './parts/together.ts';

const yieldsToEverything: Fault = {
  summary: 'stops for good at every sound, a "mm-hm" and a cough included',
  breaks: ['false_barge_in'],
  mayMove: ['hiccup', 'stumble', 'spurious_response', ...lettingIn, ...again, ...waiting],
  shows: [
    { persona: 'cafe-carla', scenario: 'price-and-hours', mind: 'script' },
    { persona: 'coughing-kevin', scenario: 'price-and-hours', mind: 'script' },
  ],
  apply: (parts) => ({ ...parts, manners: { ...parts.manners, bargeInMs: 40, interruptMs: 0 } }),
};

export default yieldsToEverything;
