/** Metrics that look at one thing from several sides: when one of a group turns red, so may the rest. */

/** How long she waits for a reply. */
export const waiting: readonly string[] = [
  'turn_latency',
  'substantive_latency',
  'answer_latency',
  'leading_silence',
  'missed_turn',
  'dead_air',
  'dead_air_count',
  'dead_air_total',
  'hang_up',
  'interrupt_recovery',
  'handoff_trigger_latency',
  'stage_endpointing',
  'stage_ear',
  'stage_brain',
  'stage_voice',
  'stage_playout',
  'stage_residual',
  'eot_tradeoff',
  'streaming',
];

/** Whether she is let in. */
export const lettingIn: readonly string[] = [
  'stop_time',
  'yield_rate',
  'opening_yield',
  'yield_by_length',
  'yield_by_level',
  'interrupt_recovery',
  'post_barge_restart',
  'agent_overlap',
  'cut_in',
  'hang_up',
];

/** Whether she may finish. */
export const lettingFinish: readonly string[] = [
  'cut_in',
  'agent_overlap',
  'pause_tolerance',
  'eot_tradeoff',
  'hang_up',
  // What she cuts off again leaves a hole in the agent's turn.
  'clause_gap',
];

/** Whether she gets what she called for. */
export const result: readonly string[] = [
  'task_success',
  'change_of_mind',
  'handoff_decision',
  'say_do_gap',
  'old_value_respoken',
];

/** Whether she has to say things again. */
export const again: readonly string[] = [
  'fallback_rate',
  'fallback_recall',
  'fallback_precision',
  'fallback_escalation',
  'asked_differently',
  'hang_up',
  'missed_turn',
  'ear_error',
];

/** What travels with her to a desk. */
export const handedOver: readonly string[] = [
  'handoff_decision',
  'route_accuracy',
  'context_recall',
  'context_precision',
  'context_timeliness',
  'context_safety',
  'repeat_burden',
  'announce_etiquette',
  'connect_time',
  'dead_air_in_transfer',
  'handoff_trigger_latency',
  'post_handoff_leak',
  'hang_up',
];

/** How much the agent talks. */
export const talking: readonly string[] = ['reply_length', 'reply_words', 'opening', 'clause_gap'];
