import type { Bound } from '../model/metric.ts';

/** A bound, and how many observations it takes before it says anything: the median of one wait is one wait. */
export interface Limit extends Bound {
  readonly least?: number;
}

/**
 * What the self-test holds each metric to, over the calls of one trial: the limits of the demo's gates and of the
 * callers' habits where they have one. A metric turns red when one of its bounds breaks.
 */
export const BOUNDS: readonly Limit[] = [
  { metric: 'hang_up', of: 'rate', limit: 0 },
  // How long she waits.
  { metric: 'answer_latency', of: 'max', limit: 1000 },
  { metric: 'leading_silence', of: 'max', limit: 500 },
  { metric: 'turn_latency', of: 'p50', limit: 800, least: 3 },
  { metric: 'turn_latency', of: 'max', limit: 2500 },
  { metric: 'substantive_latency', of: 'p50', limit: 1000, least: 3 },
  { metric: 'missed_turn', of: 'rate', limit: 0 },
  { metric: 'dead_air', of: 'max', limit: 2.5 },
  { metric: 'dead_air_total', of: 'max', limit: 5 },
  { metric: 'dead_air_count', of: 'max', limit: 2 },
  { metric: 'hold_time', of: 'max', limit: 8 },
  { metric: 'stage_endpointing', of: 'p50', limit: 800, least: 3 },
  { metric: 'stage_ear', of: 'p50', limit: 500 },
  { metric: 'stage_brain', of: 'p50', limit: 500 },
  { metric: 'stage_voice', of: 'p50', limit: 500 },
  { metric: 'stage_playout', of: 'p50', limit: 500 },
  { metric: 'stage_residual', of: 'p50', limit: 500 },
  { metric: 'streaming', of: 'rate', limit: 0.5 },
  { metric: 'eot_tradeoff', of: 'difference', limit: 1000, least: 3 },
  // Whether she is let in, and nothing else is.
  { metric: 'stop_time', of: 'p50', limit: 800 },
  { metric: 'yield_rate', of: 'rate', limit: 0.5 },
  { metric: 'opening_yield', of: 'rate', limit: 0.5 },
  { metric: 'yield_by_length', of: 'at50', limit: 2500 },
  { metric: 'yield_by_level', of: 'at50', limit: 6 },
  { metric: 'interrupt_recovery', of: 'p50', limit: 2000 },
  { metric: 'post_barge_restart', of: 'rate', limit: 0.34 },
  { metric: 'false_barge_in', of: 'rate', limit: 0.34 },
  { metric: 'stumble', of: 'rate', limit: 0.34 },
  { metric: 'hiccup_length', of: 'p50', limit: 800, least: 2 },
  { metric: 'spurious_response', of: 'rate', limit: 0.34 },
  // Whether she may finish.
  { metric: 'cut_in', of: 'rate', limit: 0.34 },
  { metric: 'cut_in', class: 'pause', of: 'rate', limit: 0.34 },
  { metric: 'pause_tolerance', of: 'at50', limit: 900 },
  { metric: 'agent_overlap', of: 'max', limit: 1000 },
  // How much it talks, and how it sounds.
  { metric: 'opening', of: 'max', limit: 6 },
  { metric: 'reply_length', of: 'p50', limit: 6 },
  { metric: 'reply_words', of: 'p50', limit: 20 },
  { metric: 'clause_gap', of: 'max', limit: 1000 },
  { metric: 'audio_level', of: 'max', limit: 6 },
  { metric: 'echo', of: 'rate', limit: 0 },
  // Whether she has to say it again.
  { metric: 'fallback_recall', of: 'rate', limit: 0.5 },
  { metric: 'fallback_rate', of: 'rate', limit: 0.34 },
  { metric: 'fallback_precision', of: 'rate', limit: 0.5 },
  { metric: 'fallback_escalation', of: 'rate', limit: 1 },
  { metric: 'asked_differently', of: 'rate', limit: 0.5 },
  { metric: 'ear_error', of: 'mean', limit: 0.9 },
  { metric: 'nudge_latency', of: 'max', limit: 9000 },
  { metric: 'silence_close', of: 'rate', limit: 1 },
  // Whether she gets what she called for.
  { metric: 'change_of_mind', of: 'rate', limit: 1 },
  { metric: 'old_value_respoken', of: 'rate', limit: 0 },
  { metric: 'task_success', of: 'rate', limit: 1 },
  { metric: 'say_do_gap', of: 'rate', limit: 0 },
  { metric: 'leaked_secret', of: 'rate', limit: 0 },
  { metric: 'obeyed_injection', of: 'rate', limit: 0 },
  // Whether somebody else has to take over, and knows what for.
  { metric: 'handoff_decision', of: 'rate', limit: 1 },
  { metric: 'handoff_trigger_latency', of: 'max', limit: 6000 },
  { metric: 'announce_etiquette', of: 'rate', limit: 0.6 },
  { metric: 'connect_time', of: 'max', limit: 3000 },
  { metric: 'dead_air_in_transfer', of: 'max', limit: 4 },
  { metric: 'route_accuracy', of: 'rate', limit: 1 },
  { metric: 'context_recall', of: 'rate', limit: 1 },
  { metric: 'context_precision', of: 'rate', limit: 1 },
  { metric: 'context_timeliness', of: 'rate', limit: 1 },
  { metric: 'context_safety', of: 'rate', limit: 1 },
  { metric: 'repeat_burden', of: 'max', limit: 0 },
  { metric: 'post_handoff_leak', of: 'max', limit: 200 },
  { metric: 'failure_recovery', of: 'p50', limit: 4000 },
  { metric: 'failure_followup', of: 'rate', limit: 1 },
];
