import type { Activity, Sounding } from '../model/activity.ts';
import { TURN_END_OVERLAP } from '../../metrics/turns/turns.ts';
import { soundingAt, utterancesOf } from '../../metrics/turns/utterances.ts';
import { ms } from '../model/time.ts';
import type { Segment } from './truth.ts';

/** A segment with the uncertainty of its bounds, ms; 0 where a truth file says them. */
export interface HeardSegment extends Segment {
  readonly u: { readonly start: number; readonly end: number };
}

/** Gap up to which a caller's sounds are one turn of hers, unless the agent comes in, ms. */
const TURN_GAP = 700;
/** Words she wants the floor for last longer than this; a mm-hm does not. Without words nothing else tells them apart. */
export const SHORTEST_INTERRUPTION = 800;

/**
 * The caller's segments as heard on her own channel: turns, and what begins while the agent speaks, by its length an
 * interruption or a backchannel. A guess where a truth file would know.
 */
export function heardSegments(caller: Activity['agent'], agent: Activity['agent']): readonly HeardSegment[] {
  const voices = utterancesOf(agent);
  return grouped(utterancesOf(caller), voices).map(({ first, last }) => {
    const bounds = { startMs: first.onset, endMs: last.end, u: { start: first.u.onset, end: last.u.end } };
    const into = soundingAt(voices, first.onset);
    if (!into || into.onset >= first.onset - TURN_END_OVERLAP || into.end <= first.onset + TURN_END_OVERLAP) {
      return { ...bounds, kind: 'turn' };
    }
    const long = last.end - first.onset >= SHORTEST_INTERRUPTION;
    return { ...bounds, kind: long ? 'interruption' : 'backchannel' };
  });
}

interface Group {
  readonly first: Sounding;
  readonly last: Sounding;
}

/** Her sounds with only short gaps between them, in which the agent did not begin to speak. */
function grouped(sounds: readonly Sounding[], agent: readonly Sounding[]): readonly Group[] {
  const groups: Group[] = [];
  for (const next of sounds) {
    const group = groups.at(-1);
    const since = group?.last.end ?? ms(-Infinity);
    const answered = agent.some(({ onset }) => onset >= since && onset < next.onset);
    if (group && next.onset - since <= TURN_GAP && !answered) groups[groups.length - 1] = { ...group, last: next };
    else groups.push({ first: next, last: next });
  }
  return groups;
}
