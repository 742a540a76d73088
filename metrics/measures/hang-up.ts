import type { CallView, Metric } from '../../harness/model/metric.ts';
import type { Ms } from '../../harness/model/time.ts';
import { brokeOffFor, cutsPause, cutsSpeech, SHORTEST_PAUSE } from '../turns/cutting-in.ts';
import { after } from '../../harness/model/time.ts';
import { attemptsOf, backAfter } from '../turns/attempts.ts';
import { clockTime, score } from '../turns/observe.ts';
import { silences } from '../turns/silences.ts';
import { NEVER_STOPPED, yieldedWithin } from '../turns/yielding.ts';

const METRIC = 'hang_up';

/** What would have made her hang up, and when. */
interface Cause {
  readonly at: Ms;
  readonly cause: 'dead-air' | 'talked-over' | 'asked-again' | 'failed-handoff' | 'gave-up';
  readonly why: string;
}

/** A failed transfer must be followed by the agent's voice within this (ms). */
const BACK_WITHIN = 4000;

const gaveUp = (call: CallView): Cause[] =>
  call.events.filter((event) => event.kind === 'gave-up').map(({ at, why }) => ({ at, cause: 'gave-up', why }));

const deadAir = (call: CallView): Cause[] =>
  silences(call)
    .filter(({ dead }) => dead > call.plan.patience.deadAirMs)
    .map(({ to, dead }) => ({
      at: after(to, call.plan.patience.deadAirMs - dead),
      cause: 'dead-air',
      why: `${(dead / 1000).toFixed(1)} s of silence when it was the agent's turn`,
    }));

/** Every time the agent spoke over her: it cut in, or did not let her in. */
function talkedOverAt(call: CallView): readonly Ms[] {
  const cuts = call.turns
    .filter(({ desk }) => !desk)
    .flatMap((turn) => {
      const pauses = turn.pauses.filter(({ from, to }) => to - from >= SHORTEST_PAUSE);
      const inPauses = pauses.flatMap((pause) => cutsPause(call, turn, pause) ?? []);
      return inPauses.length > 0 ? inPauses : [brokeOffFor(call, turn) ?? cutsSpeech(call, turn) ?? []].flat();
    })
    .map(({ onset }) => onset);
  const kept = call.reactions
    .filter((reaction) => reaction.event.takesFloor && !reaction.event.sham && reaction.into !== undefined)
    .filter((reaction) => !yieldedWithin(reaction, call.over, NEVER_STOPPED))
    .map(({ event }) => event.onset);
  return [...cuts, ...kept].toSorted((a, b) => a - b);
}

function talkedOver(call: CallView): Cause[] {
  const times = talkedOverAt(call);
  const last = times[call.plan.patience.talkedOver];
  return last === undefined ? [] : [{ at: last, cause: 'talked-over', why: `talked over ${times.length} times` }];
}

/** Being asked again for what she had said clearly; after a mumble it is only fair. */
function askedAgain(call: CallView): Cause[] {
  const lines = call.events.filter((event) => event.kind === 'said').filter(({ desk }) => !desk);
  const repeats = lines.filter(
    (said, i) =>
      said.way > 0 &&
      !lines.slice(0, i).some(({ line, way, mumbled }) => line === said.line && way === said.way - 1 && mumbled),
  );
  const most = call.plan.patience.askedAgain;
  const last = repeats[most];
  return last ? [{ at: last.onset, cause: 'asked-again', why: `asked again ${repeats.length} times` }] : [];
}

/** Sent to somebody who did not answer, and left in silence. */
function failedHandoff(call: CallView): Cause[] {
  return attemptsOf(call).flatMap((attempt): Cause[] => {
    const { failed } = attempt;
    if (!failed || (backAfter(call, attempt, failed)?.onset ?? Infinity) <= failed.since + BACK_WITHIN) return [];
    const next = call.events.some(({ kind, at }) => kind === 'desk-joined' && at <= failed.since + BACK_WITHIN);
    const why = 'sent to somebody who did not answer, and left alone';
    return next ? [] : [{ at: failed.at, cause: 'failed-handoff', why }];
  });
}

/**
 * Whether the caller's declared patience would have run out, at which second and why: applied purely to the record.
 * A real hang-up of hers in the call is the same event.
 */
const hangUp: Metric = {
  summary: 'share of calls in which the caller would have hung up on the agent',
  unit: 'rate',
  better: 'lower',
  kind: 'rate',
  version: 3,
  needs: ['wire'],
  measure(call) {
    if (call.plan.metronome) return [];
    const causes = [gaveUp, deadAir, talkedOver, askedAgain, failedHandoff].flatMap((rule) => rule(call));
    const first = causes.toSorted((a, b) => a.at - b.at)[0];
    if (!first) return [score(METRIC, 0, { at: call.over, of: 'call', class: 'stayed', note: 'stayed to the end' })];
    const note = `would have hung up at ${clockTime(first.at)}: ${first.why}`;
    return [score(METRIC, 1, { at: first.at, of: 'call', class: first.cause, note })];
  },
};

export default hangUp;
