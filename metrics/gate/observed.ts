import type { Bound, ScoredCall, Score } from '../../harness/model/metric.ts';
import { appliesTo, concerns, isSham } from './bound.ts';

/** Calls whose scores count: not invalid, not left out, and not the instrument's own check. */
export const counted = (calls: readonly ScoredCall[]): readonly ScoredCall[] =>
  calls.filter(({ outcome, plan }) => (outcome === 'passed' || outcome === 'failed') && !plan.metronome);

/** A bound's observations, call by call: observations within a call belong together. */
export const observationsOf = (calls: readonly ScoredCall[], bound: Bound): readonly (readonly Score[])[] =>
  calls
    .filter(({ plan }) => appliesTo(plan)(bound))
    .map(({ scores }) => scores.filter((score) => concerns(bound, score)))
    .filter(({ length }) => length > 0);

/** What happened by chance at the same triggers when nothing was played. */
export const shamsOf = (calls: readonly ScoredCall[], bound: Bound): readonly Score[] =>
  calls
    .filter(({ plan }) => appliesTo(plan)(bound))
    .flatMap(({ scores }) => scores)
    .filter((score) => score.metric === bound.metric && isSham(score))
    .filter((score) => bound.class === undefined || score.class === `sham:${bound.class}`);

/** Median uncertainty of observations. */
export function usualError(scores: readonly Score[]): number {
  const sorted = scores.map(({ u }) => u).toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
