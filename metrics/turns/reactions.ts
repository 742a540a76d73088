import type { Sounding } from '../../harness/model/activity.ts';
import type { Reaction } from '../../harness/model/metric.ts';
import type { CallEvent } from '../../harness/model/record.ts';
import type { Ms } from '../../harness/model/time.ts';
import { TURN_END_OVERLAP } from './turns.ts';
import { soundingAt } from './utterances.ts';

type Stimulus = Extract<CallEvent, { kind: 'stimulus' }>;

/** A break undone within this is the same utterance: a hiccup (ms). */
export const HICCUP = 700;
/** A break undone within this is a stumble (ms). */
export const STUMBLE = 2000;

/** What the agent did about each stimulus, shams alike. */
export const reactionsOf = (events: readonly CallEvent[], utterances: readonly Sounding[]): readonly Reaction[] =>
  events
    .filter((event): event is Stimulus => event.kind === 'stimulus')
    .map((event) => upTo(takenOver(event, events), reactionTo(event, utterances)));

/** When she began to take the floor herself, behind a sound that did not ask for it: what the agent does then is not about that. */
function takenOver(event: Stimulus, events: readonly CallEvent[]): Ms | undefined {
  if (event.takesFloor) return undefined;
  return events.find(
    (next): next is Stimulus => next.kind === 'stimulus' && next.takesFloor && !next.sham && next.onset > event.onset,
  )?.onset;
}

/** Of a reaction, what began before `taken`. */
function upTo(taken: Ms | undefined, reaction: Reaction): Reaction {
  const { stop, hiccups } = reaction;
  if (taken === undefined || stop === undefined) return reaction;
  const before = hiccups?.filter(({ from }) => from < taken);
  return stop < taken
    ? { ...reaction, hiccups: before }
    : { ...reaction, hiccups: before, stop: undefined, resumed: undefined };
}

function reactionTo(event: Stimulus, utterances: readonly Sounding[]): Reaction {
  const into = soundingAt(utterances, event.onset);
  if (!into) return { event, into, stop: undefined, resumed: undefined };
  const said = chainFrom(event, into, utterances);
  const last = said.at(-1) ?? into;
  return {
    event,
    into,
    ...stopOf(event, said, last, utterances),
    hiccups: hiccupsOf(said, event),
    utterance: { ...last, onset: into.onset },
  };
}

/**
 * The stop for good. Towards a caller who did not want the floor, a break of 700 ms to 2 s that was undone
 * is a stumble: its beginning is the stop, and it says when the agent went on.
 */
function stopOf(
  event: Stimulus,
  chain: readonly Sounding[],
  last: Sounding,
  utterances: readonly Sounding[],
): Pick<Reaction, 'stop' | 'resumed'> {
  const stop = fellFor(last, event) ?? last.stop;
  if (event.takesFloor) return { stop, resumed: undefined };
  const longDuck = chain
    .flatMap(({ ducks }) => ducks)
    .find(({ from, to }) => from >= event.onset && to - from > HICCUP && to - from <= STUMBLE);
  if (longDuck) return { stop: longDuck.from, resumed: longDuck.to };
  const next = utterances.find(({ onset }) => onset >= last.end);
  return { stop, resumed: next && next.onset - stop <= STUMBLE ? next.onset : undefined };
}

/** The interrupted utterance with everything that goes on with it: after a hiccup, or while she still wants the floor. */
function chainFrom(event: Stimulus, into: Sounding, utterances: readonly Sounding[]): Sounding[] {
  const longest = event.takesFloor ? STUMBLE : HICCUP;
  const chain = [into];
  for (const next of utterances.filter(({ onset }) => onset >= into.end)) {
    const last = chain.at(-1) ?? into;
    const broke = fellFor(last, event) ?? last.stop;
    if (next.onset - broke > longest || !isResumption(event, next)) break;
    chain.push(next);
  }
  return chain;
}

/**
 * Words cannot be compared on the wire. When she means to take the floor, what starts after her words is an answer,
 * and only what starts while she is still talking goes on with the old utterance.
 */
const isResumption = (event: Stimulus, next: Sounding): boolean =>
  !event.takesFloor || next.onset < event.end - TURN_END_OVERLAP;

/** A duck that was never undone counts from when it fell, when it fell because of this. */
const fellFor = (utterance: Sounding, event: Stimulus): Ms | undefined =>
  utterance.fell !== undefined && utterance.fell >= event.onset ? utterance.fell : undefined;

/** Breaks after the onset that were undone: ducks inside an utterance, and silences inside the chain. */
function hiccupsOf(chain: readonly Sounding[], event: Stimulus): Reaction['hiccups'] {
  const ducks = chain.flatMap((part) => part.ducks);
  const breaks = chain.slice(1).map((next, i) => {
    const before = chain[i] as Sounding;
    return { from: fellFor(before, event) ?? before.stop, to: next.onset };
  });
  return [...ducks, ...breaks]
    .filter(({ from, to }) => from >= event.onset && to - from <= HICCUP)
    .toSorted((a, b) => a.from - b.from);
}
