import type { Sounding } from '../../harness/model/activity.ts';
import type { Tracks } from '../../harness/model/record.ts';
import type { Ms } from '../../harness/model/time.ts';
import { sharpen, type Edges } from './edges.ts';
import { toDb, type Energy, type Stretch } from './energy.ts';
import { shapeOf } from './level.ts';
import type { Region } from './regions.ts';
import { timeOf } from './timeline.ts';
import { boundaryError, GRID_ERROR } from './uncertainty.ts';

/** One region, sharpened and put on the call's timeline; undefined when nothing audible is left of it. */
export function soundingOf(
  energy: Energy,
  region: Region,
  near: { readonly before: number; readonly after: number },
  tracks: Tracks,
): Sounding | undefined {
  const edges = region.by === 'model' ? asGiven(region) : sharpen(energy, region, near, tracks.lost);
  if (edges.end - edges.onset < energy.rate / 1000) return undefined;
  const shape = shapeOf(energy, edges.onset, edges.end);
  const at = (index: number): Ms => timeOf(tracks.maps, tracks.rate, index);
  return {
    onset: at(edges.onset),
    stop: at(shape.stop),
    end: at(edges.end),
    u: uncertainty(shape.levelDb, shape.stop, edges, tracks),
    levelDb: Math.round(shape.levelDb * 100) / 100,
    ducks: shape.ducks.map(({ from, to }) => ({ from: at(from), to: at(to) })),
    ...(shape.fell === undefined ? {} : { fell: at(shape.fell) }),
    ...(region.by === 'both' ? {} : { by: region.by }),
  };
}

const asGiven = (region: Stretch): Edges => ({
  onset: region.from,
  end: region.to,
  noise: { before: 0, after: 0 },
  found: { onset: false, end: false },
});

function uncertainty(levelDb: number, stop: number, edges: Edges, tracks: Tracks): Sounding['u'] {
  const before = boundaryError(levelDb - toDb(edges.noise.before));
  const after = boundaryError(levelDb - toDb(edges.noise.after));
  const at = (index: number, error: number): number => Math.max(error, packetLoss(index, tracks));
  return {
    onset: at(edges.onset, edges.found.onset ? before.onset : GRID_ERROR),
    stop: at(stop, edges.found.end ? after.stop : GRID_ERROR),
    end: at(edges.end, edges.found.end ? after.end : GRID_ERROR),
  };
}

/** Length of the lost packets an edge lies in or next to (within 5 ms), ms: it may have been anywhere in them. */
function packetLoss(index: number, tracks: Tracks): number {
  const near = (5 * tracks.rate) / 1000;
  const gap = tracks.lost.find(({ from, to }) => index >= from - near && index <= to + near);
  return gap ? ((gap.to - gap.from) * 1000) / tracks.rate : 0;
}
