import { PHONE_RATE, type Pcm } from '../../harness/model/audio.ts';
import type { Tracks } from '../../harness/model/record.ts';
import { resample } from '../../harness/speech/dsp/resample.ts';
import { toFloats, toPcm } from '../../harness/speech/dsp/samples.ts';

/**
 * The tracks as the detector hears them: at the telephone's rate, which every one of its thresholds was set at, whatever
 * the rate of the recording. The filter has no delay; instants stay what they were, to a sixteenth of a millisecond.
 */
export function atPhoneRate(tracks: Tracks): Tracks {
  const { rate } = tracks;
  if (rate === PHONE_RATE) return tracks;
  const by = PHONE_RATE / rate;
  const thinned = (samples: Pcm): Pcm => toPcm(resample(toFloats(samples), rate, PHONE_RATE));
  const inside = <Gap extends { readonly from: number; readonly to: number }>(gap: Gap): Gap => ({
    ...gap,
    from: Math.floor(gap.from * by),
    to: Math.ceil(gap.to * by),
  });
  return {
    ...tracks,
    rate: PHONE_RATE,
    caller: thinned(tracks.caller),
    agent: thinned(tracks.agent),
    maps: tracks.maps.map((map) => ({
      ...map,
      from: map.from * by,
      to: map.to * by,
      msPerSample: map.msPerSample / by,
    })),
    lost: tracks.lost.map(inside),
    ...(tracks.late && { late: tracks.late.map(inside) }),
  };
}
