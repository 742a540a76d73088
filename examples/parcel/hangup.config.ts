import { defineSuite } from 'hangup';

export default defineSuite({
  name: 'parcels',
  // Credentials come from SIP_USER and SIP_PASSWORD in the environment.
  target: 'sip:parcels@127.0.0.1:5060;transport=tcp',
  line: 'sip',
  seed: 1,
  jobs: 1,
  metronome: 0,
  allow: [],
  calls: [
    { persona: 'plain-paula', scenario: 'where-is-it', trials: 2 },
    { persona: 'hurried-rita', scenario: 'redeliver', trials: 2 },
  ],
  gates: [
    { metric: 'turn_latency', of: 'p50', limit: 1500 },
    { metric: 'dead_air', of: 'max', limit: 6 },
    { metric: 'handoff_decision', of: 'rate', limit: 0.95 },
  ],
});
