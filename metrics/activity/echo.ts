import type { Echo } from '../../harness/model/activity.ts';
import type { Tracks } from '../../harness/model/record.ts';
import { after } from '../../harness/model/time.ts';
import { cancel } from './echo-cancel.ts';
import { delayIn, sightingOf } from './echo-delay.ts';
import { energyOf, power, toPower, type Energy, type Stretch } from './energy.ts';
import { indexAt } from './timeline.ts';

/** The agent's channel as the agent made it, and what was taken out of it. */
export interface Cleared {
  readonly tracks: Tracks;
  readonly echo: Echo | undefined;
}

/** Of the caller's sound, pieces of this length are compared with what comes back (ms). */
const PIECE_MS = 500;
/** So many of them tell: the loudest. */
const MOST_PIECES = 6;
/** Below this there is nothing to come back, dBov. */
const QUIET_DB = -50;
/** Sightings of one delay, to the millisecond, that make an echo. */
const LEAST_SIGHTINGS = 2;
const SAME_MS = 1.5;

/**
 * Takes the caller's own voice out of the agent's channel, so that an agent, or a line, that plays her back does not
 * "talk over" her. What she sent is known to the sample; the delay is found by correlation, the path by least squares,
 * and only what stands at least 10 dB out of the leak that can remain is the agent's.
 */
export function withoutEcho(tracks: Tracks): Cleared {
  const delay = delayOf(tracks);
  if (delay === undefined) return { tracks, echo: undefined };
  const cancelled = cancel(tracks, delay);
  if (cancelled.lossDb === undefined) return { tracks, echo: undefined };
  const delayMs = Math.round((delay * 100_000) / tracks.rate) / 100;
  return {
    tracks: { ...tracks, agent: cancelled.own },
    echo: { delayMs, lossDb: Math.round(cancelled.lossDb * 100) / 100 },
  };
}

/** Delay of the caller's voice in the agent's channel, in samples; undefined when it is not in it. */
function delayOf(tracks: Tracks): number | undefined {
  const { caller, callerOrigin, agent, maps, rate } = tracks;
  const sightings = loudPieces(energyOf(caller, rate)).flatMap((piece) => {
    const left = after(callerOrigin, (piece.from * 1000) / rate);
    return sightingOf(caller, piece, agent, indexAt(maps, rate, left), rate) ?? [];
  });
  return delayIn(sightings, (SAME_MS * rate) / 1000, LEAST_SIGHTINGS);
}

/** The loudest pieces of what she sent, in order. */
function loudPieces(caller: Energy): readonly Stretch[] {
  const length = (PIECE_MS * caller.rate) / 1000;
  const pieces = Array.from({ length: Math.floor(caller.length / length) }, (_, i) => ({
    from: i * length,
    to: (i + 1) * length,
    power: power(caller, i * length, (i + 1) * length),
  }));
  return pieces
    .filter((piece) => piece.power > toPower(QUIET_DB))
    .toSorted((a, b) => b.power - a.power)
    .slice(0, MOST_PIECES)
    .toSorted((a, b) => a.from - b.from);
}
