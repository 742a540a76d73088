import { defineSuite } from '../../model/suite.ts';

/**
 * The shipped demo: twelve short calls to the reference agent by six callers, with metronome calls among them.
 * Rates are printed with their intervals; the gates look at medians, since twelve calls support no more.
 */
export default defineSuite({
  name: 'demo',
  target: 'reference',
  line: 'sip',
  seed: 7,
  calls: [
    { persona: 'plain-paula', scenario: 'book-cleaning' },
    { persona: 'plain-paula', scenario: 'price-and-hours' },
    { persona: 'interrupting-ines', scenario: 'book-cleaning' },
    { persona: 'interrupting-ines', scenario: 'move-appointment' },
    { persona: 'hesitant-henry', scenario: 'book-cleaning' },
    { persona: 'hesitant-henry', scenario: 'move-appointment' },
    { persona: 'wavering-wanda', scenario: 'book-cleaning' },
    { persona: 'wavering-wanda', scenario: 'move-appointment' },
    { persona: 'mumbling-martin', scenario: 'book-cleaning' },
    { persona: 'mumbling-martin', scenario: 'bill-question' },
    { persona: 'cafe-carla', scenario: 'price-and-hours' },
    { persona: 'cafe-carla', scenario: 'bill-question' },
  ],
  metronome: 2,
  jobs: 6,
  gates: [
    { metric: 'hang_up', of: 'rate', limit: 0, on: 'estimate' },
    { metric: 'turn_latency', of: 'p50', limit: 800, on: 'estimate' },
    { metric: 'stop_time', of: 'p50', limit: 400, on: 'estimate' },
    { metric: 'task_success', of: 'rate', limit: 1, on: 'estimate' },
  ],
  allow: [],
});
