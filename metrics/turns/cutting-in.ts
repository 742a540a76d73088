import type { CallView, Turn } from '../../harness/model/metric.ts';
import type { Sounding } from '../../harness/model/activity.ts';
import { BACKCHANNEL, lengthOf, spanOf, type Span } from './spans.ts';
import { TURN_END_OVERLAP } from './turns.ts';

/** The class of a pause's observations: after words that could have been all of her turn, or inside something unfinished. */
export const classOfPause = ({ why }: Turn['pauses'][number]): 'pause' | 'after-value' =>
  why === 'breath' ? 'after-value' : 'pause';

/** Pauses shorter than this are part of speaking (ms). */
export const SHORTEST_PAUSE = 150;
/** After she stopped herself, an agent's onset this close before is why (ms). */
const BEFORE_GIVING_WAY = 1500;

/**
 * The agent's utterance that takes the floor inside one of the turn's pauses, if any.
 * Shorter than 1 s and over before she goes on, it is a backchannel and takes nothing.
 */
export function cutsPause(call: CallView, turn: Turn, pause: Span): Sounding | undefined {
  return call.utterances.find((utterance) => {
    if (utterance.onset <= pause.from || utterance.onset >= pause.to) return false;
    const wasBackchannel = utterance.stop <= pause.to && lengthOf(spanOf(utterance)) < BACKCHANNEL;
    return !wasBackchannel && utterance.onset < turn.callerEnd;
  });
}

/** The agent's utterance that begins over her speech, outside pauses and before the last 120 ms of the turn, if any. */
export function cutsSpeech(call: CallView, turn: Turn): Sounding | undefined {
  const last = turn.callerEnd - TURN_END_OVERLAP;
  return call.utterances.find((utterance) => {
    const { onset } = utterance;
    if (onset <= turn.callerOnset || onset >= last) return false;
    const inPause = turn.pauses.some(({ from, to }) => onset > from && onset < to && to - from >= SHORTEST_PAUSE);
    return !inPause && lengthOf(spanOf(utterance)) >= BACKCHANNEL;
  });
}

/** The agent's utterance for which she broke off her line, if she did. */
export function brokeOffFor(call: CallView, turn: Turn): Sounding | undefined {
  if (!turn.cut) return undefined;
  return call.utterances.find(
    ({ onset }) => onset > turn.callerOnset && onset <= turn.callerEnd && turn.callerEnd - onset <= BEFORE_GIVING_WAY,
  );
}
