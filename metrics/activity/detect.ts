import type { Activity, Echo, Sounding } from '../../harness/model/activity.ts';
import type { Pcm } from '../../harness/model/audio.ts';
import type { CallEvent, Tracks } from '../../harness/model/record.ts';
import { atPhoneRate } from './band.ts';
import { callerLevels } from './caller.ts';
import { withoutEcho } from './echo.ts';
import { energyOf, percentile, power, toDb, windows, type Energy, type Stretch } from './energy.ts';
import { heardRegions } from './regions.ts';
import { soundingsOf } from './sounding.ts';
import { roughStretches } from './stretches.ts';
import { trimmed } from './trimmed.ts';

/**
 * Finds speech in one channel, in samples: a voice activity model, from harness/speech.
 * It need not listen outside `within`, where nothing can be heard.
 */
export type Regions = (samples: Pcm, within?: readonly Stretch[]) => Promise<readonly Stretch[]>;

/** Written into every Activity: a change of the method changes the name. */
export const DETECTOR = 'energy-4ms+vad+likelihood/8';

/**
 * Hears who sounded when, on the call's timeline. `regions` says what is speech; without it energy alone decides.
 * The caller's side is not detected, only its levels: her words come from the send stamps in `events`.
 */
export async function detectActivity(
  tracks: Tracks,
  desk: Tracks | undefined,
  events: readonly CallEvent[],
  regions?: Regions,
): Promise<Activity> {
  const heard = atPhoneRate(tracks);
  const agent = await hear(heard, regions);
  const atDesk = desk ? await hear(atPhoneRate(desk), regions) : undefined;
  return {
    schema: 'hangup.activity/1',
    detector: DETECTOR,
    agent: agent.soundings,
    desk: atDesk?.soundings ?? [],
    floorDb: agent.floorDb,
    ...(agent.echo ? { echo: agent.echo } : {}),
    ...callerLevels(heard, events),
  };
}

async function hear(
  tracks: Tracks,
  regions: Regions | undefined,
): Promise<{ readonly soundings: readonly Sounding[]; readonly floorDb: number; readonly echo: Echo | undefined }> {
  const { tracks: channel, echo } = withoutEcho(trimmed(tracks));
  const energy = energyOf(channel.agent, channel.rate);
  const rough = roughStretches(energy, channel.lost);
  const speech = regions ? await regions(channel.agent, rough.audible) : undefined;
  const heard = heardRegions(energy, rough, speech);
  return { soundings: soundingsOf(energy, heard, channel), floorDb: noiseFloorDb(energy), echo };
}

/** 10th percentile of 10 ms levels over the whole channel, dBov. */
function noiseFloorDb(energy: Energy): number {
  const block = Math.round(energy.rate / 100);
  const blocks = windows(energy, block, block, { from: 0, to: energy.length });
  return Math.round(toDb(percentile(blocks, 0.1) ?? power(energy, 0, energy.length)) * 100) / 100;
}
