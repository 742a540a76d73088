import type { CallView, Metric } from '../../harness/model/metric.ts';
import { score } from '../turns/observe.ts';

const METRIC = 'unfired';

/** The agent, or the caller's patience with it, ended the conversation before the stimulus could come. */
const cutShort = (call: CallView): boolean =>
  call.events.some((event) => event.kind === 'gave-up') ||
  call.events.some((event) => event.kind === 'ended' && event.ending.by === 'them') ||
  call.events.some((event) => event.kind === 'refer' || event.kind === 'desk-rang');

/** Planned stimuli that found no moment, and not because the agent ended the conversation first. */
const unfired: Metric = {
  summary: 'planned stimuli that were never played',
  unit: 'count',
  better: 'lower',
  kind: 'amount',
  version: 2,
  needs: ['wire'],
  measure(call) {
    if (cutShort(call)) return [];
    return call.events.flatMap((event) =>
      event.kind === 'not-fired' ? [score(METRIC, 1, { at: event.at, of: event.id, note: event.why })] : [],
    );
  },
};

export default unfired;
