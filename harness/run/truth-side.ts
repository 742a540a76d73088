import { energyOf, percentile, power, toDb, windows } from '../../metrics/activity/energy.ts';
import type { Energy } from '../../metrics/activity/energy.ts';
import { clockTime } from '../../metrics/turns/observe.ts';
import type { Pcm } from '../model/audio.ts';
import { UsageError } from '../model/errors.ts';
import type { Tracks } from '../model/record.ts';
import type { Segment } from './truth.ts';

/** A segment sounds when it stands this far above the channel's own quiet, and above what anybody hears. */
const ABOVE_FLOOR_DB = 6;
const AUDIBLE_DB = -60;
/** Fewer of her segments sounding on a side than this, and she is not on it. */
const LEAST_SHARE = 0.5;

/** What is said when she turns out to be on the other side. */
export interface SideNames {
  readonly recording: string;
  readonly truth: string;
  /** E.g. "left channel" or "caller.wav". */
  readonly caller: string;
  readonly agent: string;
  readonly remedy: string;
}

/**
 * Throws UsageError when the caller's side is silent where the truth says that she speaks: the channels are swapped
 * when the other side sounds there, and the truth is another recording's when neither does.
 */
export function mustHearCaller(tracks: Tracks, truth: readonly Segment[], names: SideNames): void {
  const spoken = truth.filter(({ kind }) => kind !== 'pause' && kind !== 'noise');
  const [own, other] = [tracks.caller, tracks.agent].map((side) => soundingIn(side, tracks, spoken));
  const silent = spoken.filter((_, i) => !own?.[i]);
  const [first] = silent;
  if (!first || silent.length <= spoken.length * (1 - LEAST_SHARE)) return;
  const swapped = silent.filter((each) => other?.[spoken.indexOf(each)]).length > silent.length / 2;
  const where = `${names.truth} says that the caller speaks at ${clockTime(first.startMs)}, where the ${names.caller} is silent`;
  throw new UsageError(
    swapped
      ? `${where} and the ${names.agent} is not (${silent.length} of ${spoken.length} segments): the sides are swapped; ${names.remedy}`
      : `${where} (${silent.length} of ${spoken.length} segments); is it another recording's truth than ${names.recording}'s?`,
  );
}

function soundingIn(side: Pcm, { rate, callerOrigin }: Tracks, segments: readonly Segment[]): readonly boolean[] {
  const energy = energyOf(side, rate);
  const threshold = Math.max(AUDIBLE_DB, quietDb(energy) + ABOVE_FLOOR_DB);
  const at = (time: number): number => Math.round(((time - callerOrigin) * rate) / 1000);
  return segments.map(({ startMs, endMs }) => toDb(power(energy, at(startMs), at(endMs))) >= threshold);
}

/** 10th percentile of 10 ms levels, dBov. */
function quietDb(energy: Energy): number {
  const block = energy.rate / 100;
  return toDb(percentile(windows(energy, block, block, { from: 0, to: energy.length }), 0.1) ?? 0);
}
