import type { Sounding } from '../../harness/model/activity.ts';
import type { Tracks } from '../../harness/model/record.ts';
import type { Ms } from '../../harness/model/time.ts';
import { duckingOf, type Ducking } from './ducks.ts';
import { sharpen, type Edges } from './edges.ts';
import { power, toDb, type Energy, type Stretch } from './energy.ts';
import { activeLevelDb, FRAME_MS, framesOf, stopOf } from './level.ts';
import type { Region } from './regions.ts';
import { timeOf } from './timeline.ts';
import { boundaryError, GRID_ERROR } from './uncertainty.ts';

/** A sounding still in samples. */
interface Piece {
  readonly edges: Edges;
  readonly stop: number;
  readonly levelDb: number;
  readonly by: Region['by'];
}

/** Pieces closer than this are one utterance: its level, not each piece's, says what a duck is (ms). */
const UTTERANCE_GAP_MS = 200;
/** After a fall speech goes on this long before its -20 dB stop; what only fades did not fall (ms). */
const SHORTEST_TAIL_MS = 100;

/** Sharpens the regions of one channel and puts them on the call's timeline. */
export function soundingsOf(energy: Energy, regions: readonly Region[], tracks: Tracks): readonly Sounding[] {
  const sharpened = regions.flatMap((region, i) => {
    const near = { before: regions[i - 1]?.to ?? -Infinity, after: regions[i + 1]?.from ?? Infinity };
    return edgedOf(energy, region, near, tracks.lost) ?? [];
  });
  const pieces = joinedUp(sharpened).map((edged) => pieceOf(energy, edged));
  return utterances(pieces, (UTTERANCE_GAP_MS * energy.rate) / 1000).flatMap((group) => placed(energy, group, tracks));
}

/** A region with its sharp edges. */
type Edged = Pick<Piece, 'edges' | 'by'>;

function edgedOf(
  energy: Energy,
  region: Region,
  near: { readonly before: number; readonly after: number },
  lost: readonly Stretch[],
): Edged | undefined {
  const edges = region.by === 'model' ? asGiven(region) : sharpen(energy, region, near, lost);
  return edges.end - edges.onset < energy.rate / 1000 ? undefined : { edges, by: region.by };
}

/** Sharp edges reach further than rough ones: where two regions turn out to touch, they are one. */
function joinedUp(edged: readonly Edged[]): readonly Edged[] {
  const joined: Edged[] = [];
  for (const next of edged) {
    const last = joined.at(-1);
    if (!last || next.edges.onset > last.edges.end) joined.push(next);
    else
      joined[joined.length - 1] = { edges: union(last.edges, next.edges), by: last.by === next.by ? last.by : 'both' };
  }
  return joined;
}

const union = (first: Edges, second: Edges): Edges => ({
  onset: first.onset,
  end: Math.max(first.end, second.end),
  noise: { before: first.noise.before, after: second.noise.after },
  found: { onset: first.found.onset, end: second.found.end },
});

function pieceOf(energy: Energy, { edges, by }: Edged): Piece {
  const over = { from: edges.onset, to: edges.end };
  const levelDb = activeLevelDb(framesOf(energy, over));
  return { edges, levelDb, stop: stopOf(energy, over, levelDb), by };
}

const asGiven = (region: Stretch): Edges => ({
  onset: region.from,
  end: region.to,
  noise: { before: 0, after: 0 },
  found: { onset: false, end: false },
});

function utterances(pieces: readonly Piece[], gap: number): readonly (readonly Piece[])[] {
  const groups: Piece[][] = [];
  for (const piece of pieces) {
    const last = groups.at(-1);
    if (last && piece.edges.onset - (last.at(-1) as Piece).edges.end < gap) last.push(piece);
    else groups.push([piece]);
  }
  return groups;
}

/** The pieces of one utterance on the call's timeline. A fall that never came back is told by the last of them. */
function placed(energy: Energy, group: readonly Piece[], tracks: Tracks): Sounding[] {
  const first = group[0] as Piece;
  const last = group.at(-1) as Piece;
  const noise = Math.max(first.edges.noise.before, last.edges.noise.after);
  const levelDb = Math.max(...group.map((piece) => piece.levelDb));
  const ducking = duckingOf(energy, { from: first.edges.onset, to: last.edges.end }, noise);
  const tail = (SHORTEST_TAIL_MS * energy.rate) / 1000;
  const fell = ducking.fell !== undefined && last.stop - ducking.fell >= tail ? ducking.fell : undefined;
  return group.map((piece, i) => {
    const next = group[i + 1]?.edges.onset ?? Infinity;
    const from = i === 0 ? -Infinity : piece.edges.onset;
    const own = {
      ducks: ducking.ducks.filter((duck) => duck.from >= from && duck.from < next),
      fell: piece === last ? fell : undefined,
    };
    return { ...onTimeline(piece, own, tracks), endDb: endLevelDb(energy, piece.edges.end, levelDb) };
  });
}

/** Level of the last 20 ms before `end`, relative to `levelDb`: a cut ends loud, speech that ends by itself does not. */
function endLevelDb(energy: Energy, end: number, levelDb: number): number {
  const last = (FRAME_MS * energy.rate) / 1000;
  return Math.round((toDb(power(energy, end - last, end)) - levelDb) * 100) / 100;
}

function onTimeline(piece: Piece, { ducks, fell }: Ducking, tracks: Tracks): Sounding {
  const { edges, stop, levelDb, by } = piece;
  const at = (index: number): Ms => timeOf(tracks.maps, tracks.rate, index);
  return {
    onset: at(edges.onset),
    stop: at(stop),
    end: at(edges.end),
    u: uncertainty(piece, tracks),
    levelDb: Math.round(levelDb * 100) / 100,
    ducks: ducks.map(({ from, to }) => ({ from: at(from), to: at(to) })),
    ...(fell === undefined ? {} : { fell: at(fell) }),
    ...(by === 'both' ? {} : { by }),
  };
}

function uncertainty({ edges, stop, levelDb }: Piece, tracks: Tracks): Sounding['u'] {
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
