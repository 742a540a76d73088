import type { Bound } from '../model/metric.ts';

/**
 * What the self-test holds each metric to, over the calls of one trial: the limits of the demo's gates and of the
 * callers' habits where they have one. A metric turns red when one of its bounds breaks.
 */
export const BOUNDS: readonly Bound[] = [
  { metric: 'hang_up', of: 'rate', limit: 0 },
  { metric: 'answer_latency', of: 'max', limit: 1000 },
  { metric: 'turn_latency', of: 'p50', limit: 800 },
  { metric: 'turn_latency', of: 'max', limit: 2500 },
  { metric: 'stop_time', of: 'p50', limit: 800 },
  { metric: 'yield_rate', of: 'rate', limit: 0.5 },
  { metric: 'false_barge_in', of: 'rate', limit: 0.34 },
  { metric: 'cut_in', of: 'rate', limit: 0.34 },
  { metric: 'agent_overlap', of: 'max', limit: 1000 },
  { metric: 'missed_turn', of: 'rate', limit: 0 },
  { metric: 'dead_air', of: 'max', limit: 2.5 },
  { metric: 'fallback_recall', of: 'rate', limit: 0.5 },
  { metric: 'asked_differently', of: 'rate', limit: 0.5 },
  { metric: 'change_of_mind', of: 'rate', limit: 1 },
  { metric: 'task_success', of: 'rate', limit: 1 },
  { metric: 'handoff_decision', of: 'rate', limit: 1 },
  { metric: 'route_accuracy', of: 'rate', limit: 1 },
  { metric: 'context_recall', of: 'rate', limit: 1 },
  { metric: 'context_precision', of: 'rate', limit: 1 },
  { metric: 'repeat_burden', of: 'max', limit: 0 },
];
