import type { Manners } from '../manners.ts';
import type { Burst, FloorEvent, Gist } from './state.ts';

/** One frame of the caller's audio, judged. */
export type Frame = Extract<FloorEvent, { kind: 'frame' }>;

const untouched = { loudMs: 0, nearMs: 0, clearMs: 0, anewMs: 0, doubtMs: 0, quietMs: 0 };

/** The burst after `frame`, or undefined once it has been quiet for more than `gapMs`. */
export function grow(burst: Burst | undefined, frame: Frame, manners: Manners, gapMs = Infinity): Burst | undefined {
  const { lengthMs, near = true, clear = true, repeats = false } = frame;
  if (frame.loud) {
    const { loudMs, nearMs, clearMs, anewMs, doubtMs, quietMs } = burst ?? untouched;
    const anew = anewMs > 0 || quietMs >= manners.breathMs;
    return {
      since: burst?.since ?? ((frame.at - lengthMs) as typeof frame.at),
      loudMs: loudMs + lengthMs,
      nearMs: nearMs + (near ? lengthMs : 0),
      clearMs: clearMs + (clear ? lengthMs : 0),
      anewMs: anew && clear ? anewMs + lengthMs : anewMs,
      doubtMs: clear ? 0 : doubtMs + lengthMs,
      repeats,
      quietMs: 0,
    };
  }
  if (!burst) return undefined;
  const quietMs = burst.quietMs + lengthMs;
  return quietMs > gapMs ? undefined : { ...burst, quietMs, doubtMs: burst.doubtMs + lengthMs };
}

/** An "s" or a "ch" is softer than what begins anything, and no end: she is still sounding. */
export function goingOn(burst: Burst | undefined, { faint = false, clear = true }: Frame): Burst | undefined {
  if (!burst || !faint) return burst;
  return { ...burst, quietMs: 0, doubtMs: clear ? 0 : burst.doubtMs };
}

/** Enough of it is speech beyond doubt: not a cough, a laugh or a mumble. */
export const isSpeech = ({ clearMs, loudMs }: Burst, manners: Manners): boolean =>
  clearMs >= manners.clearShare * loudMs;

/** It repeats itself as laughs do, and no word is known in it: "no no no" repeats itself too. */
export const isLaugh = ({ repeats }: Burst, gist: Gist): boolean => repeats && gist !== 'content';

/** Less of it is as loud as hers than of anything she says: somebody across the room. */
export const isFar = ({ nearMs, loudMs }: Burst, manners: Manners): boolean => nearMs < manners.nearShare * loudMs;

/** As loud as hers is, and speech: not a laugh, a bang, or somebody across the room. Of words that are known less is asked. */
export function fromHer(burst: Burst, gist: Gist, manners: Manners): boolean {
  const share = gist === 'content' ? manners.wordShare : manners.clearShare;
  return !isFar(burst, manners) && burst.clearMs >= share * burst.loudMs;
}
