import type { Bound } from './metric.ts';

/** What a caller's wait may be spent on, ms. What is left out may take what it likes within the total. */
export interface Budget {
  /** To be sure that she has finished. */
  readonly endpointing?: number;
  /** To the last word of her turn. */
  readonly ear?: number;
  /** To the first clause of the reply. */
  readonly brain?: number;
  /** From the clause to the first sample of it. */
  readonly voice?: number;
  /** From the first sample to the first that can be heard. */
  readonly playout?: number;
  /** In none of these, by the wire: the network, queues, and claims that flatter. */
  readonly residual?: number;
  /** The whole wait, from her last sound to the first of the reply, as the wire has it. */
  readonly total?: number;
}

/**
 * A latency budget as gates: `gates: [...budget({ endpointing: 200, brain: 250, voice: 80, total: 700 })]`. Each stage, by
 * the agent's own account, and the whole wait, by the wire, keep within theirs at the 95th percentile, or at the median
 * where `of` says so. The report says who overspent. A percentile needs as many replies as any other gate on one.
 */
export const budget = ({ total, ...stages }: Budget, of: 'p50' | 'p95' = 'p95'): readonly Bound[] => [
  ...Object.entries(stages).map(([stage, limit]) => ({ metric: `stage_${stage}`, of, limit })),
  ...(total === undefined ? [] : [{ metric: 'turn_latency', of, limit: total }]),
];
