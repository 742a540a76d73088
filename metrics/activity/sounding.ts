import type { Sounding } from '../../harness/model/activity.ts';
import type { Tracks } from '../../harness/model/record.ts';
import type { Ms } from '../../harness/model/time.ts';
import { duckingOf, type Ducking } from './ducks.ts';
import { sharpen, type Edges } from './edges.ts';
import { power, toDb, type Energy, type Stretch } from './energy.ts';
import { kindOf } from './kind.ts';
import { activeLevelDb, FRAME_MS, framesOf, STOP_DB, stopOf } from './level.ts';
import type { Region } from './regions.ts';
import { secondEdge } from './second.ts';
import { timeOf } from './timeline.ts';
import { endError, GRID_ERROR, onsetError, stopError } from './uncertainty.ts';

/** What a sound is like just before it ends is told by so much of it (ms). */
const INSIDE_MS = 10;

/** A sounding still in samples. */
interface Piece {
  readonly edges: Edges;
  readonly stop: number;
  readonly levelDb: number;
  readonly by: Region['by'];
  readonly kind: Sounding['kind'] | undefined;
  /** How far the second opinion on its onset and its end lies from them, ms; undefined where it has none. */
  readonly apart: { readonly onset: number | undefined; readonly end: number | undefined };
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
  const edged = joinedUp(sharpened);
  const pieces = edged.map((one, i) =>
    pieceOf(energy, one, { before: edged[i - 1]?.edges.end, after: edged[i + 1]?.edges.onset }, tracks.lost),
  );
  return utterances(pieces, (UTTERANCE_GAP_MS * energy.rate) / 1000).flatMap((group) => placed(energy, group, tracks));
}

/** A region with its sharp edges. */
type Edged = Pick<Piece, 'edges' | 'by' | 'kind'>;

function edgedOf(
  energy: Energy,
  region: Region,
  near: { readonly before: number; readonly after: number },
  lost: readonly Stretch[],
): Edged | undefined {
  const edges = region.by === 'model' ? asGiven(region) : joining(sharpen(energy, region, near, lost), region);
  if (edges.end - edges.onset < energy.rate / 1000) return undefined;
  const kind = region.by === 'energy' ? kindOf(energy, { from: edges.onset, to: edges.end }) : undefined;
  return { edges, by: region.by, kind };
}

/** Sharp edges reach further than rough ones: where two regions turn out to touch, they are one. */
function joinedUp(edged: readonly Edged[]): readonly Edged[] {
  const joined: Edged[] = [];
  for (const next of edged) {
    const last = joined.at(-1);
    if (!last || next.edges.onset > last.edges.end || next.kind !== last.kind) joined.push(next);
    else joined[joined.length - 1] = { ...last, edges: union(last.edges, next.edges), by: byOf(last, next) };
  }
  return joined;
}

const byOf = (a: Edged, b: Edged): Region['by'] => (a.by === b.by ? a.by : 'both');

const union = (first: Edges, second: Edges): Edges => ({
  onset: first.onset,
  end: Math.max(first.end, second.end),
  noise: { before: first.noise.before, after: second.noise.after },
  found: { onset: first.found.onset, end: second.found.end },
});

function pieceOf(
  energy: Energy,
  { edges, by, kind }: Edged,
  near: { readonly before: number | undefined; readonly after: number | undefined },
  lost: readonly Stretch[],
): Piece {
  const over = { from: edges.onset, to: edges.end };
  const levelDb = activeLevelDb(framesOf(energy, over));
  const apart = (edge: number, neighbour: number, step: 1 | -1): number | undefined => {
    const second = secondEdge(energy, edge, neighbour, step, lost);
    return second === undefined ? undefined : (Math.abs(second - edge) * 1000) / energy.rate;
  };
  return {
    edges,
    levelDb,
    stop: stopOf(energy, over, levelDb),
    by,
    kind,
    apart: {
      onset: apart(edges.onset, near.before ?? -Infinity, 1),
      end: apart(edges.end, near.after ?? Infinity, -1),
    },
  };
}

/** Where a region goes over into something else, no edge is to be found. */
function joining(edges: Edges, { from, to, joins }: Region): Edges {
  if (!joins) return edges;
  return {
    ...edges,
    onset: joins.before ? from : edges.onset,
    end: joins.after ? to : edges.end,
    found: { onset: edges.found.onset && !joins.before, end: edges.found.end && !joins.after },
  };
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
    const before = last?.at(-1);
    if (last && before && piece.edges.onset - before.edges.end < gap && piece.kind === before.kind) last.push(piece);
    else groups.push([piece]);
  }
  return groups;
}

/** The pieces of one utterance on the call's timeline. A fall that never came back is told by the last of them. */
function placed(energy: Energy, group: readonly Piece[], tracks: Tracks): Sounding[] {
  const first = group[0] as Piece;
  const last = group.at(-1) as Piece;
  const noise = Math.max(first.edges.noise.before, last.edges.noise.after);
  const levelDb = utteranceLevelDb(energy, group);
  const ducking = duckingOf(energy, { from: first.edges.onset, to: last.edges.end }, noise);
  const tail = (SHORTEST_TAIL_MS * energy.rate) / 1000;
  const stopped = group.map((piece) => ({ ...piece, stop: stopWithin(energy, piece, levelDb) }));
  const lastStop = (stopped.at(-1) as Piece).stop;
  const fell = ducking.fell !== undefined && lastStop - ducking.fell >= tail ? ducking.fell : undefined;
  return stopped.map((piece, i) => {
    const next = group[i + 1]?.edges.onset ?? Infinity;
    const from = i === 0 ? -Infinity : piece.edges.onset;
    const own = {
      ducks: ducking.ducks.filter((duck) => duck.from >= from && duck.from < next),
      fell: i === group.length - 1 ? fell : undefined,
    };
    return { ...onTimeline(energy, piece, own, tracks), endDb: endLevelDb(energy, piece.edges.end, levelDb) };
  });
}

/** Where a piece last falls 20 dB below its utterance's level; below its own where it never reached that. */
function stopWithin(energy: Energy, { edges, stop, levelDb }: Piece, utteranceDb: number): number {
  const over = { from: edges.onset, to: edges.end };
  return levelDb < utteranceDb - STOP_DB ? stop : stopOf(energy, over, utteranceDb);
}

/** Active level of all its pieces together. */
function utteranceLevelDb(energy: Energy, group: readonly Piece[]): number {
  const frames = group.flatMap(({ edges }) => [...framesOf(energy, { from: edges.onset, to: edges.end })]);
  return activeLevelDb(Float64Array.from(frames));
}

/** Level of the last 20 ms before `end`, relative to `levelDb`: a cut ends loud, speech that ends by itself does not. */
function endLevelDb(energy: Energy, end: number, levelDb: number): number {
  const last = (FRAME_MS * energy.rate) / 1000;
  return Math.round((toDb(power(energy, end - last, end)) - levelDb) * 100) / 100;
}

function onTimeline(energy: Energy, piece: Piece, { ducks, fell }: Ducking, tracks: Tracks): Sounding {
  const { edges, stop, levelDb, by } = piece;
  const at = (index: number): Ms => timeOf(tracks.maps, tracks.rate, index);
  return {
    onset: at(edges.onset),
    stop: at(stop),
    end: at(edges.end),
    u: uncertainty(energy, piece, tracks),
    levelDb: Math.round(levelDb * 100) / 100,
    ducks: ducks.map(({ from, to }) => ({ from: at(from), to: at(to) })),
    ...(fell === undefined ? {} : { fell: at(fell) }),
    ...(by === 'both' ? {} : { by }),
    ...(piece.kind === undefined ? {} : { kind: piece.kind }),
    ...(piece.apart.onset === undefined ? {} : { spreadMs: Math.round(piece.apart.onset * 100) / 100 }),
  };
}

function uncertainty(energy: Energy, { edges, stop, levelDb, apart }: Piece, tracks: Tracks): Sounding['u'] {
  const inside = (INSIDE_MS * energy.rate) / 1000;
  const over = (at: number): number => toDb(power(energy, at - inside, at)) - toDb(edges.noise.after);
  const before = levelDb - toDb(edges.noise.before);
  const after = levelDb - toDb(edges.noise.after);
  const near = (index: number, error: number): number => Math.max(error, packetLoss(index, tracks));
  return {
    onset: near(edges.onset, edges.found.onset ? onsetError(before, apart.onset) : GRID_ERROR),
    stop: near(stop, edges.found.end ? stopError(after, over(stop)) : GRID_ERROR),
    end: near(edges.end, edges.found.end ? endError(after, over(edges.end), apart.end) : GRID_ERROR),
  };
}

/** Length of the lost packets an edge lies in or next to (within 5 ms), ms: it may have been anywhere in them. */
function packetLoss(index: number, tracks: Tracks): number {
  const near = (5 * tracks.rate) / 1000;
  const gap = tracks.lost.find(({ from, to }) => index >= from - near && index <= to + near);
  return gap ? ((gap.to - gap.from) * 1000) / tracks.rate : 0;
}
