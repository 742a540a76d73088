import type { Activity } from '../../harness/model/activity.ts';
import type { CallEvent, Tracks } from '../../harness/model/record.ts';
import { BED_LOOP_MS } from '../../harness/model/rendered.ts';
import { energyOf, power, toDb, toPower, type Energy, type Stretch } from './energy.ts';
import { FRAME_MS } from './level.ts';
import { trimmedCaller } from './trimmed.ts';

/** Silence this close to her own sound is not taken for background. */
const GUARD_MS = 40;
/** Speech counts as active this long into a pause (the hangover of ITU-T P.56). */
const HANGOVER_MS = 200;
/** Her last sound dies away, inaudibly, within this long. */
const TAIL_MS = 20;

/**
 * Levels of the caller's clear speech and of what lies under it, as sent, dBov; undefined where there was none.
 * Speech is active by ITU-T P.56 as it is rendered: from her first to her last sound, pauses she holds left out after
 * their hangover. Which samples are active is known from what she meant to say, since noise would hide it; the
 * background's power is taken off.
 */
export function callerLevels(
  tracks: Tracks,
  events: readonly CallEvent[],
): Pick<Activity, 'callerDb' | 'callerFloorDb'> {
  const { caller, callerOrigin } = trimmedCaller(tracks);
  const energy = energyOf(caller, tracks.rate);
  const index = (at: number): number => Math.round(((at - callerOrigin) * tracks.rate) / 1000);
  const said = events.filter((event) => event.kind === 'said');
  const done = events.filter((event) => event.kind === 'stimulus').filter(({ sham }) => !sham);
  const spoken = said.filter(({ mumbled, desk }) => !mumbled && !desk);
  const whole = [...said, ...done].map(({ onset, end }) => ({ from: index(onset), to: index(end) }));
  const floor = bedPower(energy, between(whole, energy.length, tracks.rate));
  const noisy = meanPower(
    energy,
    spoken.flatMap((event) => activeOf(event).map(({ from, to }) => ({ from: index(from), to: index(to) }))),
  );
  return {
    callerDb: noisy === undefined ? undefined : round(toDb(noisy - (floor ?? 0))),
    callerFloorDb: floor === undefined ? undefined : round(toDb(Math.max(floor, toPower(-120)))),
  };
}

/** When a line is active speech, on the call's timeline, ms. */
function activeOf(line: Extract<CallEvent, { kind: 'said' }>): Stretch[] {
  const active: Stretch[] = [];
  let from: number = line.onset;
  for (const pause of line.pauses) {
    if (pause.to - pause.from <= HANGOVER_MS) continue;
    active.push({ from, to: pause.from + HANGOVER_MS });
    from = pause.to;
  }
  return [...active, { from, to: line.end + (line.cut ? 0 : TAIL_MS) }];
}

/**
 * Mean square of the background. It comes round every loop, and each of its moments counts once, however often she
 * spoke over it: a street is loud only while a car passes.
 */
function bedPower(energy: Energy, quiet: readonly Stretch[]): number | undefined {
  const frame = Math.round((FRAME_MS * energy.rate) / 1000);
  const moments = new Map<number, { sum: number; times: number }>();
  for (const { from, to } of quiet) {
    for (let at = Math.ceil(from / frame); (at + 1) * frame <= Math.min(to, energy.length); at++) {
      const moment = at % Math.round(BED_LOOP_MS / FRAME_MS);
      const { sum, times } = moments.get(moment) ?? { sum: 0, times: 0 };
      moments.set(moment, { sum: sum + power(energy, at * frame, (at + 1) * frame), times: times + 1 });
    }
  }
  if (moments.size === 0) return undefined;
  return [...moments.values()].reduce((total, { sum, times }) => total + sum / times, 0) / moments.size;
}

/** Mean square over all of `stretches` together; undefined when they hold no sample. */
function meanPower(energy: Energy, stretches: readonly Stretch[]): number | undefined {
  let [sum, samples] = [0, 0];
  for (const { from, to } of stretches) {
    const length = Math.min(to, energy.length) - Math.max(0, from);
    if (length <= 0) continue;
    sum += power(energy, from, to) * length;
    samples += length;
  }
  return samples === 0 ? undefined : sum / samples;
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

const round = (value: number): number => Math.round(value * 100) / 100;
