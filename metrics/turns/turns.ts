import type { Sounding } from '../../harness/model/activity.ts';
import type { Turn } from '../../harness/model/metric.ts';
import type { CallEvent } from '../../harness/model/record.ts';
import { after, ms, type Ms } from '../../harness/model/time.ts';

type Said = Extract<CallEvent, { kind: 'said' }>;

/** How long a reply is waited for (ms). */
export const LONGEST_WAIT = 10_000;
/** An overlap this short at the end of a turn is how people talk (Heldner 2011): the reply came early, it did not cut in. */
export const TURN_END_OVERLAP = 120;

/** What the conversation was made of, from both sides. */
export interface Sides {
  readonly events: readonly CallEvent[];
  readonly utterances: readonly Sounding[];
  readonly desk: readonly Sounding[];
  /** When the conversation with the agent was over, and when the whole call was. */
  readonly over: Ms;
  readonly ended: Ms;
}

/** One turn per line the caller said, with the reply to it. */
export function turnsOf(sides: Sides): readonly Turn[] {
  return sides.events.filter((event): event is Said => event.kind === 'said').map((said) => turnOf(said, sides));
}

function turnOf(said: Said, sides: Sides): Turn {
  const voices = said.desk ? sides.desk : sides.utterances;
  const limit = waitLimit(said, sides);
  const earliest = after(said.end, -TURN_END_OVERLAP);
  const speaking = voices.some(({ onset, end }) => onset < earliest && end > said.end);
  const reply = voices.find(({ onset }) => onset >= earliest && onset > said.onset && onset < limit.at);
  return {
    line: said.line,
    topic: said.topic,
    callerOnset: said.onset,
    callerEnd: said.end,
    pauses: said.pauses,
    reply,
    waitedUntil: reply ? reply.onset : limit.at,
    waitEnded: reply ? 'reply' : limit.why,
    agentSpeaking: speaking,
    desk: said.desk,
    limit,
    ...(said.cut ? { cut: true } : {}),
  };
}

/** What would end the wait for a reply, whatever the agent does. */
function waitLimit(said: Said, sides: Sides): Turn['limit'] {
  const next = sides.events
    .filter((event) => isCallersWord(event) && event.onset > said.end)
    .map((event) => (event as Said).onset);
  const over = said.desk ? sides.ended : sides.over;
  const ways: Turn['limit'][] = [
    { at: after(said.end, LONGEST_WAIT), why: 'limit' },
    { at: over, why: hungUpByAgent(sides.events, over) ? 'agent-hung-up' : 'end' },
    { at: ms(Math.min(...next, Infinity)), why: 'caller' },
  ];
  return ways.reduce((first, way) => (way.at < first.at ? way : first));
}

/** A line of hers, or a stimulus by which she takes the floor: nobody can reply to what came before any more. */
const isCallersWord = (event: CallEvent): event is Extract<CallEvent, { kind: 'said' | 'stimulus' }> =>
  event.kind === 'said' || (event.kind === 'stimulus' && !event.sham && event.takesFloor);

/** The agent ended the call of its own accord at `over`: not by sending the caller on. */
function hungUpByAgent(events: readonly CallEvent[], over: Ms): boolean {
  return events.some(
    (event) =>
      event.kind === 'ended' &&
      event.ending.by === 'them' &&
      event.ending.reason === 'hung-up' &&
      event.ending.at <= over + 1,
  );
}
