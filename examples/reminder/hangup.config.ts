import { defineSuite } from 'hangup';

// The agent phones us: hangup answer --sip 127.0.0.1:5070 --suite examples/reminder/hangup.config.ts
export default defineSuite({
  name: 'reminders',
  // Nobody is called: `hangup answer` waits for the agent.
  target: 'sip:reminders@127.0.0.1',
  line: 'sip',
  seed: 1,
  jobs: 1,
  metronome: 0,
  allow: [],
  calls: [
    { persona: 'busy-bruno', scenario: 'will-come' },
    { persona: 'busy-bruno', scenario: 'cannot-come' },
  ],
  gates: [
    { metric: 'turn_latency', of: 'p50', limit: 1500 },
    { metric: 'dead_air', of: 'max', limit: 6 },
  ],
});
