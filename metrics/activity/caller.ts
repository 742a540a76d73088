import type { Activity } from '../../harness/model/activity.ts';
import type { CallEvent, Tracks } from '../../harness/model/record.ts';
import { energyOf, toDb, toPower, windows, type Energy, type Stretch } from './energy.ts';
import { activeLevelDb } from './level.ts';

/** Silence this close to her own sound is not taken for background. */
const GUARD_MS = 40;

/** Levels of the caller's clear speech and of what lies under it, as sent, dBov; undefined where there was none. */
export function callerLevels(
  tracks: Tracks,
  events: readonly CallEvent[],
): Pick<Activity, 'callerDb' | 'callerFloorDb'> {
  const energy = energyOf(tracks.caller, tracks.rate);
  const index = (at: number): number => Math.round(((at - tracks.callerOrigin) * tracks.rate) / 1000);
  const sounded = events.filter((event) => event.kind === 'said' || (event.kind === 'stimulus' && !event.sham));
  const spoken = sounded.filter((event) => event.kind === 'said' && !event.mumbled && !event.desk);
  const floor = mean(
    framesOf(
      energy,
      between(
        sounded.map((event) => stretch(event, index)),
        energy.length,
        tracks.rate,
      ),
    ),
  );
  const speech = framesOf(
    energy,
    spoken.map((event) => stretch(event, index)),
  );
  const callerDb = speech.length === 0 ? undefined : activeLevelDb(without(speech, floor ?? 0));
  return {
    callerDb: callerDb === undefined ? undefined : round(callerDb),
    callerFloorDb: floor === undefined ? undefined : round(toDb(Math.max(floor, toPower(-120)))),
  };
}

const stretch = (event: CallEvent, index: (at: number) => number): Stretch =>
  event.kind === 'said' || event.kind === 'stimulus'
    ? { from: index(event.onset), to: index(event.end) }
    : { from: 0, to: 0 };

/** Speech lies on top of the background: its power is what is left. */
const without = (frames: Float64Array, floor: number): Float64Array =>
  frames.map((frame) => Math.max(0, frame - floor));

function framesOf(energy: Energy, stretches: readonly Stretch[]): Float64Array {
  const frame = Math.round(energy.rate / 50);
  const clamp = (at: number): number => Math.min(energy.length, Math.max(0, at));
  const all = stretches.flatMap(({ from, to }) => [
    ...windows(energy, frame, frame, { from: clamp(from), to: clamp(to) }),
  ]);
  return Float64Array.from(all);
}

/** The stretches in which she was silent. */
function between(sounded: readonly Stretch[], length: number, rate: number): Stretch[] {
  const guard = (GUARD_MS * rate) / 1000;
  const quiet: Stretch[] = [];
  let from = 0;
  for (const { from: onset, to } of sounded.toSorted((a, b) => a.from - b.from)) {
    if (onset - guard > from) quiet.push({ from, to: onset - guard });
    from = Math.max(from, to + guard);
  }
  if (length > from) quiet.push({ from, to: length });
  return quiet;
}

const mean = (values: Float64Array): number | undefined =>
  values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;

const round = (value: number): number => Math.round(value * 100) / 100;
