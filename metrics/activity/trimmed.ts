import type { Tracks } from '../../harness/model/record.ts';
import { ms } from '../../harness/model/time.ts';

/**
 * The tracks without the digital silence before and behind everything the agent sent: how long somebody went on
 * recording must not move a window or a noise floor. The maps move with it, so that every instant stays what it was.
 */
export function trimmed(tracks: Tracks): Tracks {
  const { agent } = tracks;
  let from = 0;
  let to = agent.length;
  while (from < to && agent[from] === 0) from++;
  while (to > from && agent[to - 1] === 0) to--;
  if (from === 0 && to === agent.length) return tracks;
  return {
    ...tracks,
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
