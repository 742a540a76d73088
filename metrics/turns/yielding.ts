import type { Reaction } from '../../harness/model/metric.ts';
import type { Ms } from '../../harness/model/time.ts';

/** Later than this after an interruption's onset the agent has not stopped for it (ms). */
export const NEVER_STOPPED = 2000;
/** A cut falls from speech to nothing; speech that ends by itself fades over longer than this (ms). */
const FADE = 8;

/** The agent stopped for good within `limit` ms of the stimulus' onset, while the call was still going on. */
export const yieldedWithin = ({ event, stop }: Reaction, over: Ms, limit: number): boolean =>
  stop !== undefined && stop < over && stop - event.onset <= limit;

/**
 * Why a stop may have been the utterance's own end: its last sound faded out instead of being cut, and nothing fell
 * before it. Undefined for an abrupt end.
 */
export function endedByItself({ event, utterance }: Reaction): string | undefined {
  if (!utterance) return undefined;
  if (utterance.fell !== undefined && utterance.fell >= event.onset) return undefined;
  const fade = utterance.end - utterance.stop;
  return fade > FADE ? 'the utterance may have ended by itself' : undefined;
}
