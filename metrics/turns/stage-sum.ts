import type { Score } from '../../harness/model/metric.ts';

/** A reply's wait as the wire has it, beside what the agent's stages come to. */
export interface StageSum {
  readonly of: string;
  readonly at: number;
  readonly waitMs: number;
  /** From where its endpointing says that she ended: an instant in several stages counts once, one in none not at all. */
  readonly sumMs: number;
  readonly u: number;
}

const STAGES = ['endpointing', 'ear', 'brain', 'voice', 'playout'].map((stage) => `stage_${stage}`);
const FIRST = 'stage_endpointing';

/**
 * Of every reply that was heard and of which the agent claims a stage: the wait, and the sum of its stages without the
 * residual. Endpointing counts from the end it claims, right or wrong; any other stage only where she waits. Nothing is
 * cut off at the reply's first sound. `scores` are those of one call. Pure.
 */
export function stageSums(scores: readonly Score[]): readonly StageSum[] {
  const stages = scores.filter(({ metric }) => STAGES.includes(metric));
  return scores
    .filter(({ metric, censored }) => metric === 'turn_latency' && !censored)
    .flatMap(({ at, value, u, of }) => {
      const own = stages
        .filter((stage) => stage.at + stage.value > at && stage.at < at + value)
        .map(({ metric, at: from, value: lasts }) => ({
          from: metric === FIRST ? from : Math.max(from, at),
          to: from + lasts,
        }))
        .toSorted((a, b) => a.from - b.from);
      return own.length === 0 ? [] : [{ of, at, waitMs: value, sumMs: covered(own), u }];
    });
}

/** Time in any of `spans`, which are in order of their beginning, ms. */
function covered(spans: readonly { readonly from: number; readonly to: number }[]): number {
  let [sum, until] = [0, -Infinity];
  for (const { from, to } of spans) {
    sum += Math.max(0, to - Math.max(from, until));
    until = Math.max(until, to);
  }
  return sum;
}
