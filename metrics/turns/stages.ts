import type { CallView, Score } from '../../harness/model/metric.ts';
import { stagesOf } from './claims.ts';
import { inMs, score } from './observe.ts';

/** One observation for every time the agent claims to have gone through a stage of a reply: how long it took. */
export const stageScores = (metric: string, stage: string, call: CallView): readonly Score[] =>
  stagesOf(call, stage).map(({ from, to }) =>
    score(metric, to - from, { at: from, of: stage, note: `${stage} took ${inMs(to - from)} by its own account` }),
  );
