import type { Bound } from '../../harness/model/metric.ts';

/**
 * Bounds for the first run of an agent nobody has measured yet (`gates: 'starter'`): what agents are published to do, and
 * no more. They say whether it is out of line, not whether it is good; `hangup bounds` proposes bounds of its own after
 * three runs. All look at the estimate: a first run is too small for more.
 */
export const STARTER: readonly Bound[] = [
  // tau-voice (Ray et al. 2026, arXiv 2603.13686): the best of its voice agents completes 51 % of its tasks on a clean line.
  { metric: 'failed_call', of: 'rate', limit: 0.49, on: 'estimate' },
  { metric: 'task_success', of: 'rate', limit: 0.51, on: 'estimate' },
  // OpenBenchmarks voice-agent-latency (2026): medians of 1302 to 1738 ms over five telephone platforms; the slowest of them.
  { metric: 'turn_latency', of: 'p50', limit: 1740, on: 'estimate' },
  // Full-Duplex-Bench v3 (arXiv 2604.04847): the best agents take 96 to 100 % of their turns ...
  { metric: 'missed_turn', of: 'rate', limit: 0.04, on: 'estimate' },
  // ... the best of them interrupts 13.5 % of hesitant callers ...
  { metric: 'cut_in', of: 'rate', limit: 0.14, on: 'estimate' },
  // ... and the best follows 58.8 % of self-corrections.
  { metric: 'change_of_mind', of: 'rate', limit: 0.58, on: 'estimate' },
  // Hamming's published target for agents in production: recovers from more than 90 % of barge-ins.
  { metric: 'yield_rate', of: 'rate', limit: 0.9, on: 'estimate' },
  // By their documented defaults a LiveKit agent waits for 500 ms of her voice, a Hume agent for 800 ms, before it stops; 200 ms for the way.
  { metric: 'stop_time', of: 'p50', limit: 1000, on: 'estimate' },
];
