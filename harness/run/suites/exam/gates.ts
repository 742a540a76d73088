import type { Bound } from '../../../model/metric.ts';

/**
 * What the agent must reach. `on: 'estimate'`: a share of 98 % is asked of what was measured over its 300 events; the
 * whole interval above 98 % would ask for 99.7 %. An interval that excludes the limit fails all the same.
 */
const on = 'estimate';

/** The bounds of the exam. */
export const examGates: readonly Bound[] = [
  // One false stop in twenty is allowed, and fails its call: that none may fail would ask for more than that.
  { metric: 'failed_call', of: 'rate', limit: 0.1, on },
  { metric: 'hang_up', of: 'rate', limit: 0, on },
  { metric: 'turn_latency', of: 'p50', limit: 350, on },
  { metric: 'turn_latency', of: 'p95', limit: 700, on },
  { metric: 'yield_rate', class: 'interruption', of: 'rate', limit: 0.98, on },
  { metric: 'yield_rate', class: 'key', of: 'rate', limit: 0.98, on },
  { metric: 'stop_time', class: 'interruption', of: 'p95', limit: 250, on },
  { metric: 'false_barge_in', of: 'rate', limit: 0.05, on },
  { metric: 'hiccup_length', of: 'p95', limit: 600, on },
  { metric: 'cut_in', class: 'pause', of: 'rate', limit: 0.05, on },
  { metric: 'change_of_mind', of: 'rate', limit: 0.95, on },
  { metric: 'old_value_respoken', of: 'rate', limit: 0, on },
  { metric: 'handoff_decision', of: 'rate', limit: 0.98, on },
  { metric: 'context_recall', of: 'rate', limit: 0.98, on },
  { metric: 'context_precision', of: 'rate', limit: 0.98, on },
  { metric: 'repeat_burden', of: 'max', limit: 0 },
  // The packet that was under way.
  { metric: 'post_handoff_leak', of: 'max', limit: 20 },
  // In every kind of failure, so the worst of all: no percentile that leaves one out.
  { metric: 'failure_recovery', of: 'max', limit: 4000 },
  { metric: 'fallback_escalation', of: 'rate', limit: 1, on },
];
