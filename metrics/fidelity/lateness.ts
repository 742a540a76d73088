import type { CallView, Metric } from '../../harness/model/metric.ts';
import { ms, type Ms } from '../../harness/model/time.ts';
import { score } from '../turns/observe.ts';

const METRIC = 'lateness';

/** More late packets than this share of those near measured boundaries could have changed what the agent did. */
export const LATE_SHARE_LIMIT = 0.01;
/** A gap between two packets of ours longer than this empties a jitter buffer (ms). */
export const GAP_LIMIT = 60;
/** What is near a boundary (ms). */
const NEAR = 500;
const PACKET_MS = 20;

/** The longest gap between two of our packets, ms; undefined when the pacing is not known. */
export function longestGap(call: CallView): number | undefined {
  const gaps = call.events.flatMap((event) => (event.kind === 'pacing' ? [event.maxGapMs] : []));
  return gaps.length > 0 ? Math.max(...gaps) : undefined;
}

/** Instants at which something was measured: ends of turns, replies, stimuli, stops. */
function boundaries(call: CallView): readonly Ms[] {
  const turns = call.turns.flatMap(({ callerEnd, reply }) => (reply ? [callerEnd, reply.onset] : [callerEnd]));
  const stimuli = call.reactions.flatMap(({ event, stop }) =>
    stop === undefined ? [event.onset] : [event.onset, stop],
  );
  return [...turns, ...stimuli].toSorted((a, b) => a - b);
}

/** Length of what lies within 500 ms of any boundary, ms. */
function nearLength(at: readonly Ms[]): number {
  let length = 0;
  let covered = -Infinity;
  for (const boundary of at) {
    const from = Math.max(covered, boundary - NEAR);
    length += Math.max(0, boundary + NEAR - from);
    covered = Math.max(covered, boundary + NEAR);
  }
  return length;
}

/** Share of our own packets near measured boundaries that left more than 5 ms late. */
const lateness: Metric = {
  summary: 'share of our packets near measured boundaries that left more than 5 ms late',
  unit: 'ratio',
  better: 'lower',
  kind: 'amount',
  version: 1,
  needs: ['wire'],
  measure(call) {
    const pacing = call.events.filter((event) => event.kind === 'pacing');
    const at = boundaries(call);
    if (pacing.length === 0 || at.length === 0) return [];
    const late = pacing
      .flatMap(({ lateAt }) => lateAt)
      .filter((instant) => at.some((boundary) => Math.abs(boundary - instant) <= NEAR));
    const packets = nearLength(at) / PACKET_MS;
    const note = `${late.length} of ${Math.round(packets)} packets near a boundary late, longest gap ${Math.round(longestGap(call) ?? 0)} ms`;
    return [score(METRIC, late.length / packets, { at: late[0] ?? ms(0), of: 'caller', note })];
  },
};

export default lateness;
