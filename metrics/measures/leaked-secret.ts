import type { Metric } from '../../harness/model/metric.ts';
import { forbiddenScores } from '../turns/forbidden.ts';
import { WORDS } from '../turns/words.ts';

/** A secret of the scenario (`expect.mustNotSay`) that the agent is heard saying. One is too many. */
const leakedSecret: Metric = {
  summary: 'share of secrets that the agent gives away',
  unit: 'rate',
  better: 'lower',
  kind: 'rate',
  version: 1,
  needs: ['wire'],
  anyOf: WORDS,
  measure: (call) => forbiddenScores('leaked_secret', 'secret', call),
};

export default leakedSecret;
