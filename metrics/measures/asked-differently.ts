import type { Metric } from '../../harness/model/metric.ts';
import { inMs, score } from '../turns/observe.ts';
import { audible, repairsOf } from '../turns/repairs.ts';

const METRIC = 'asked_differently';

/** The same sentence by the same voice differs by less than this, ms. */
const SAME_WITHIN = 60;

/**
 * Whether the second request to repeat a line differs from the first: their audible lengths do. On the wire words
 * cannot be compared; two sentences of one length are taken for the same one, so this errs against the agent.
 */
const askedDifferently: Metric = {
  summary: 'share of second requests to repeat a line that are not the first one again',
  unit: 'rate',
  better: 'higher',
  kind: 'rate',
  version: 1,
  needs: ['wire'],
  measure(call) {
    const repairs = repairsOf(call).filter(({ outcome, prompt }) => outcome === 'asked-again' && prompt.length > 0);
    return repairs.flatMap((second, i) => {
      const first = repairs[i - 1];
      if (!first || first.said.line !== second.said.line) return [];
      const difference = Math.abs(audible(second.prompt) - audible(first.prompt));
      const differs = difference > SAME_WITHIN || first.prompt.length !== second.prompt.length;
      const note = differs
        ? `asked again in another way (lengths differ by ${inMs(difference)})`
        : 'asked again in the same words';
      return [score(METRIC, differs ? 1 : 0, { at: second.said.end, of: second.said.line, note })];
    });
  },
};

export default askedDifferently;
