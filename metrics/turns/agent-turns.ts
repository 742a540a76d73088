import type { HeardWord, Sounding } from '../../harness/model/activity.ts';
import type { CallView } from '../../harness/model/metric.ts';
import type { Ms } from '../../harness/model/time.ts';
import { READ_BACK } from './lexicon.ts';
import { findPhrase, wordsBetween, wordsOf } from './words.ts';

/** What the agent said between two words of the caller. */
export interface AgentTurn {
  readonly utterances: readonly Sounding[];
  readonly from: Ms;
  readonly to: Ms;
  /** Its words; undefined where they are not seen. */
  readonly words: readonly HeardWord[] | undefined;
  /** The caller's line before it, `''` for the greeting. */
  readonly after: string;
  readonly kind: 'greeting' | 'read-back' | 'reply';
}

/** The agent's utterances with no floor of the caller's in between, turn by turn. */
export function agentTurns(call: CallView): readonly AgentTurn[] {
  const hers = call.events.flatMap((event) => {
    // Cut in on while she thinks, the agent is answered by the rest of her line.
    if (event.kind === 'said' && !event.desk)
      return [event.onset, ...event.pauses.map(({ to }) => to)].map((at) => ({ at, id: event.line }));
    if (event.kind === 'stimulus' && event.takesFloor && !event.sham) return [{ at: event.onset, id: event.id }];
    return [];
  });
  const words = wordsOf(call);
  const groups = Map.groupBy(call.utterances, ({ onset }) => hers.findLast(({ at }) => at <= onset));
  return [...groups].map(([before, utterances]) => {
    const first = utterances[0] as Sounding;
    const last = utterances.at(-1) as Sounding;
    const spoken = words && wordsBetween(words, first.onset - 100, last.end + 100);
    return {
      utterances,
      from: first.onset,
      to: last.end,
      words: spoken,
      after: before?.id ?? '',
      kind: before === undefined ? 'greeting' : readsBack(spoken) ? 'read-back' : 'reply',
    };
  });
}

const readsBack = (words: readonly HeardWord[] | undefined): boolean =>
  words !== undefined && READ_BACK.some((phrase) => findPhrase(words, phrase) !== undefined);
