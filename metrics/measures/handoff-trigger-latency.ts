import type { CallView, Metric } from '../../harness/model/metric.ts';
import type { CallEvent } from '../../harness/model/record.ts';
import type { Ms } from '../../harness/model/time.ts';
import { attemptsOf } from '../turns/attempts.ts';
import { handoffOf } from '../turns/handoff.ts';
import { inMs, score, STAMP_ERROR } from '../turns/observe.ts';

const METRIC = 'handoff_trigger_latency';

type Said = Extract<CallEvent, { kind: 'said' }>;
type Pressed = Extract<CallEvent, { kind: 'stimulus' }>;

/** What made a handoff due. */
interface Trigger {
  readonly line: string;
  readonly topic: string;
  readonly end: Ms;
}

/** A key by which she asked for somebody: no line need say it any more. */
const byKey = ({ events }: CallView): Trigger | undefined =>
  events
    .filter((event): event is Pressed => event.kind === 'stimulus' && event.stimulus === 'key' && !event.sham)
    .filter(({ facts }) => facts['reason'] !== undefined)
    .map(({ id, end }) => ({ line: id, topic: 'key', end }))[0];

/** The line that made a handoff due: the scenario's own, else the one that told why she calls, else her first; or a key. */
function triggerOf(call: CallView): Trigger | undefined {
  const pressed = byKey(call);
  if (pressed) return pressed;
  const lines = call.events.filter((event): event is Said => event.kind === 'said' && !event.desk && !event.mumbled);
  const { trigger } = call.plan.expect.handoff;
  if (trigger !== undefined) return lines.find(({ topic }) => topic === trigger);
  return lines.find(({ facts }) => facts['reason'] !== undefined) ?? lines[0];
}

/**
 * From the end of the line that made a handoff due to the start of the first transfer after it. The note counts the lines she had to say
 * in between; a plain request for a person should need one at most. Never transferred: censored at the end; an agent that
 * hangs up first never will. Only where the scenario says she must be handed over.
 */
const handoffTriggerLatency: Metric = {
  summary: 'from the line that made a handoff due to the start of the transfer',
  unit: 'ms',
  better: 'lower',
  kind: 'latency',
  version: 2,
  needs: ['wire'],
  measure(call) {
    const trigger = triggerOf(call);
    if (call.plan.expect.handoff.truth !== 'must' || !trigger) return [];
    const first = attemptsOf(call).find((attempt) => attempt.at >= trigger.end);
    const handoff = handoffOf(call);
    // A hook says that she was put through, not when.
    if (!first && handoff?.reported && !handoff.joined) return [];
    const at = first?.at ?? handoff?.at;
    const until = at ?? call.over;
    const between = call.turns.filter(
      ({ desk, callerOnset }) => !desk && callerOnset > trigger.end && callerOnset < until,
    );
    const value = until - trigger.end;
    if (value < 0) return [];
    const about = { at: trigger.end, of: trigger.line, class: trigger.topic, u: STAMP_ERROR };
    if (at !== undefined)
      return [
        score(METRIC, value, { ...about, note: `transferred after ${between.length} more lines, ${inMs(value)}` }),
      ];
    const lost = call.events.some((event) => event.kind === 'ended' && event.ending.by === 'them');
    return [
      score(METRIC, value, {
        ...about,
        censored: true,
        lost,
        note: `never transferred in ${between.length} more lines`,
      }),
    ];
  },
};

export default handoffTriggerLatency;
