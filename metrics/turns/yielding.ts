import type { Reaction } from '../../harness/model/metric.ts';
import type { Ms } from '../../harness/model/time.ts';

/** A caller who is not let in within this time raises her voice or gives up (ms). */
export const YIELDS_WITHIN = 1000;
/** Later than this after an interruption's onset the agent has not stopped for it (ms). */
export const NEVER_STOPPED = 2000;
/**
 * Louder than this in its last 20 ms, relative to its active level, an utterance was cut off. Of synthetic sentences
 * ending by themselves 7 % are; of those cut in mid-word 28 % are not (dB).
 */
const CUT_OFF_DB = -10;

/** The agent stopped for good within `limit` ms of the stimulus' onset, while the call was still going on. */
export const yieldedWithin = ({ event, stop }: Reaction, over: Ms, limit: number): boolean =>
  stop !== undefined && stop < over && stop - event.onset <= limit;

/** A break that began later than this after the end of the sound has another cause (ms). */
const CAUSED_WITHIN = 1000;

/** The first duck or break that a sound which does not ask for the floor brought about, and that was undone within 700 ms. */
export function hiccupFor({ event, into, hiccups = [] }: Reaction): { readonly from: Ms; readonly to: Ms } | undefined {
  if (event.takesFloor || into === undefined) return undefined;
  return hiccups.find(({ from }) => from - event.end <= CAUSED_WITHIN);
}

/** The break of up to 2 s that such a sound brought about. */
export function stumbleFor({
  event,
  into,
  stop,
  resumed,
}: Reaction): { readonly from: Ms; readonly to: Ms } | undefined {
  if (event.takesFloor || into === undefined || stop === undefined || resumed === undefined) return undefined;
  return stop >= event.onset && stop - event.end <= CAUSED_WITHIN ? { from: stop, to: resumed } : undefined;
}

/**
 * Why a stop may have been the utterance's own end: its last sound faded out instead of being cut, and nothing fell
 * before it. Undefined for an abrupt end.
 */
export function endedByItself({ event, utterance }: Reaction): string | undefined {
  if (!utterance) return undefined;
  if (utterance.fell !== undefined && utterance.fell >= event.onset) return undefined;
  const faded = utterance.endDb !== undefined && utterance.endDb < CUT_OFF_DB;
  return faded ? 'the utterance may have ended by itself' : undefined;
}
