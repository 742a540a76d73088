import type { Pcm } from '../../harness/model/audio.ts';
import type { Tracks } from '../../harness/model/record.ts';
import { after, ms } from '../../harness/model/time.ts';

/** Where a channel begins and ends to sound at all: the digital silence around it is left out. */
function soundOf(samples: Pcm): { readonly from: number; readonly to: number } {
  let [from, to] = [0, samples.length];
  while (from < to && samples[from] === 0) from++;
  while (to > from && samples[to - 1] === 0) to--;
  return { from, to };
}

/** The caller's side without the digital silence around it, and the instant it then begins at. */
export function trimmedCaller({ caller, callerOrigin, rate }: Tracks): Pick<Tracks, 'caller' | 'callerOrigin'> {
  const { from, to } = soundOf(caller);
  return { caller: caller.subarray(from, to), callerOrigin: after(callerOrigin, (from * 1000) / rate) };
}

/**
 * The tracks without the digital silence before and behind everything the agent sent: how long somebody went on
 * recording must not move a window or a noise floor. The maps move with it, so that every instant stays what it was.
 */
export function trimmed(tracks: Tracks): Tracks {
  const { agent } = tracks;
  const { from, to } = soundOf(agent);
  return {
    ...tracks,
    ...trimmedCaller(tracks),
    agent: agent.subarray(from, to),
    maps: (tracks.maps.length > 0 ? tracks.maps : [countedOff(tracks)]).map((map) => ({
      ...map,
      from: map.from - from,
      to: map.to - from,
    })),
    lost: tracks.lost
      .map((gap) => ({ from: Math.max(0, gap.from - from), to: Math.min(to, gap.to) - from }))
      .filter((gap) => gap.to > gap.from),
  };
}

/** A channel without maps counts from 0 at its nominal rate. */
const countedOff = ({ agent, rate }: Tracks): Tracks['maps'][number] => ({
  ssrc: 0,
  from: 0,
  to: agent.length,
  originMs: ms(0),
  msPerSample: 1000 / rate,
});
