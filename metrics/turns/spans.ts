import type { CallView } from '../../harness/model/metric.ts';
import type { Sounding } from '../../harness/model/activity.ts';
import { ms, type Ms } from '../../harness/model/time.ts';

/** A stretch of the call's timeline. */
export interface Span {
  readonly from: Ms;
  readonly to: Ms;
}

/** Agent speech shorter than this that lets the caller go on is a backchannel: it does not take the floor (ms). */
export const BACKCHANNEL = 1000;

/** When the caller sounded towards the agent, pauses left out; her interruptions count, noises and backchannels do not. */
export function callerSpeech(call: CallView): readonly Span[] {
  const spans = call.events.flatMap((event): Span[] => {
    if (event.kind === 'said' && !event.desk) return without({ from: event.onset, to: event.end }, event.pauses);
    if (event.kind === 'stimulus' && !event.sham && event.takesFloor) return [{ from: event.onset, to: event.end }];
    return [];
  });
  return spans.filter(({ from }) => from < call.over).toSorted((a, b) => a.from - b.from);
}

/** The parts of `span` outside `holes`. */
function without(span: Span, holes: readonly Span[]): Span[] {
  const parts: Span[] = [];
  let from = span.from;
  for (const hole of holes.toSorted((a, b) => a.from - b.from)) {
    if (hole.from > from) parts.push({ from, to: hole.from });
    if (hole.to > from) from = hole.to;
  }
  return span.to > from ? [...parts, { from, to: span.to }] : parts;
}

/** How long two spans overlap, ms. */
export const overlap = (a: Span, b: Span): number => Math.max(0, Math.min(a.to, b.to) - Math.max(a.from, b.from));

/** An utterance from its audible onset to where it stopped. */
export const spanOf = ({ onset, stop }: Sounding): Span => ({ from: onset, to: stop });

/** Length of a span, ms. */
export const lengthOf = ({ from, to }: Span): number => Math.max(0, to - from);

/** A stretch in which the caller waited for the agent to speak. */
export interface Wait extends Span {
  /** What she waited after: a line, a stimulus, or '' for the answer. */
  readonly after: string;
  /** The agent ended it by speaking. */
  readonly answered: boolean;
}

/** Silences in which the floor was the agent's: after the answer, after her lines, after her interruptions. */
export function waits(call: CallView): readonly Wait[] {
  const answered = call.events.find(({ kind }) => kind === 'answered');
  // Who is greeted while the call is answered waits for nothing.
  const greeted = answered && call.utterances.some(({ onset, end }) => onset <= answered.at && end > answered.at);
  const opening = answered && !greeted && call.plan.opens === 'agent' ? [{ at: answered.at, after: '' }] : [];
  const turns = call.turns.filter(({ desk }) => !desk).map(({ callerEnd, line }) => ({ at: callerEnd, after: line }));
  const taken = call.reactions
    .filter(({ event }) => event.takesFloor && !event.sham)
    .map(({ event }) => ({ at: event.end, after: event.id }));
  const starts = callerSpeech(call).map(({ from }) => from);
  return [...opening, ...turns, ...taken]
    .filter(({ at }) => at < call.over)
    .toSorted((a, b) => a.at - b.at)
    .map(({ at, after }) => {
      const silence = call.utterances.find(({ onset, end }) => onset <= at && end > at)?.end ?? at;
      const voice = Math.min(
        ...call.utterances.filter(({ onset }) => onset >= silence).map(({ onset }) => onset),
        Infinity,
      );
      const hers = Math.min(...starts.filter((start) => start > at), Infinity);
      const to = Math.min(voice, hers, call.over);
      return { from: silence, to: ms(Math.max(silence, to)), after, answered: voice === to };
    });
}
