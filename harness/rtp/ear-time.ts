import type { LateStretch, MediaMap } from '../model/line.ts';
import { after, type Ms } from '../model/time.ts';

/**
 * A listener's jitter buffer, fixed: a sample is heard this long after the earliest instant at which it could have come
 * (its map's time), or not at all. Measures use wire time; this is what an ear would add to it.
 */
export const EAR_BUFFER_MS = 60;

/** Ear time of an instant on the wire. */
export const earTime = (wire: Ms): Ms => after(wire, EAR_BUFFER_MS);

/** A packet of audio: where its samples belong, and when it came. */
interface Packet {
  readonly mediaIndex: number;
  readonly samples: number;
  readonly at: Ms;
}

/** Packets, in order, that came too late to be heard; neighbours are one stretch, as late as its latest. */
export function lateStretches(packets: readonly Packet[], maps: readonly MediaMap[]): readonly LateStretch[] {
  const late: LateStretch[] = [];
  let current = 0;
  for (const { mediaIndex, samples, at } of packets) {
    while (current < maps.length - 1 && mediaIndex >= (maps[current] as MediaMap).to) current++;
    const map = maps[current];
    if (!map) continue;
    const due = earTime(after(map.originMs, (mediaIndex - map.from) * map.msPerSample));
    if (at <= due) continue;
    const last = late.at(-1);
    const byMs = Math.max(at - due, last?.to === mediaIndex ? last.byMs : 0);
    if (last?.to === mediaIndex) late[late.length - 1] = { from: last.from, to: mediaIndex + samples, byMs };
    else late.push({ from: mediaIndex, to: mediaIndex + samples, byMs });
  }
  return late;
}
