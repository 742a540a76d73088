import type { Score, ScoredCall } from '../../../../harness/model/metric.ts';
import { quantile } from '../../../../metrics/statistics/quantile.ts';
import type { Seen } from '../../../tables/figures.ts';

/** A stage as the agent claims it, ms after the end of the caller's turn on the wire. */
export interface Stage {
  readonly stage: string;
  readonly from: number;
  readonly to: number;
}

/** What a reply's wait on the wire was spent on, by the agent's own account. */
export interface Budget {
  /** The reply as it was measured. */
  readonly reply: Seen;
  /** Claimed stages that touch the wait, in order, as claimed: one may begin before her end. */
  readonly stages: readonly Stage[];
  /** By stage, ms of the wait; an instant in several belongs to the one that began first. */
  readonly spent: ReadonlyMap<string, number>;
}

/** What no claimed stage explains, as `stage_residual` measures it. */
export const RESIDUAL = 'in no stage';
/** Claimed stages that have no measure of their own. */
const OTHER = 'other stages';

const RESIDUAL_METRIC = 'stage_residual';

/** The wait and the stages of every reply that was heard and of which the agent claims any; in the calls' order. */
export const budgets = (calls: readonly ScoredCall[]): readonly Budget[] =>
  calls.flatMap((call) =>
    call.scores
      .filter(({ metric, censored }) => metric === 'turn_latency' && !censored)
      .flatMap((score) => budgetOf({ call, score }) ?? []),
  );

function budgetOf(reply: Seen): Budget | undefined {
  const { call, score } = reply;
  const residual = call.scores.find(
    ({ metric, of, at }) => metric === RESIDUAL_METRIC && of === score.of && at === score.at,
  );
  if (!residual) return undefined;
  const stages = call.scores
    .filter(({ metric }) => metric.startsWith('stage_') && metric !== RESIDUAL_METRIC)
    .map((stage) => onAxis(stage, score.at))
    .filter(({ from, to }) => to > 0 && from < score.value)
    .toSorted((a, b) => a.from - b.from);
  const spent = spentOn(stages, score.value);
  const known = [...spent.values()].reduce((sum, part) => sum + part, residual.value);
  // Half a millisecond is rounding.
  if (score.value - known > 0.5) spent.set(OTHER, score.value - known);
  return { reply, stages, spent: spent.set(RESIDUAL, residual.value) };
}

const onAxis = ({ of, at, value }: Score, zero: number): Stage => ({
  stage: of,
  from: at - zero,
  to: at - zero + value,
});

function spentOn(stages: readonly Stage[], wait: number): Map<string, number> {
  const spent = new Map<string, number>();
  let done = 0;
  for (const { stage, from, to } of stages) {
    const part = Math.min(to, wait) - Math.max(from, done);
    if (part <= 0) continue;
    spent.set(stage, (spent.get(stage) ?? 0) + part);
    done = Math.min(to, wait);
  }
  return spent;
}

/** A stage's median over replies; one that a reply has not was spent nothing on. */
export interface Share {
  readonly stage: string;
  readonly median: number;
}

/** Median of every stage over replies, in the order in which they usually begin; what is in none comes last. */
export function medians(of: readonly Budget[]): readonly Share[] {
  const names = [...new Set(of.flatMap(({ spent }) => [...spent.keys()]))];
  return names
    .toSorted((a, b) => begins(a, of) - begins(b, of))
    .map((stage) => ({
      stage,
      median:
        quantile(
          of.map(({ spent }) => spent.get(stage) ?? 0),
          0.5,
        ) ?? 0,
    }));
}

function begins(name: string, of: readonly Budget[]): number {
  if (name === RESIDUAL) return Number.MAX_VALUE;
  const starts = of.flatMap(({ stages }) => stages.filter(({ stage }) => stage === name).map(({ from }) => from));
  return quantile(starts, 0.5) ?? Number.MAX_SAFE_INTEGER;
}

/** The reply than which 95 % are no slower; the slowest of fewer than twenty. */
export const slowOne = (of: readonly Budget[]): Budget | undefined =>
  of.toSorted((a, b) => a.reply.score.value - b.reply.score.value)[Math.ceil(0.95 * of.length) - 1];
