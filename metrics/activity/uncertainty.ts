import { RESOLUTION_MS } from './second.ts';

/** Uncertainty of an edge that only the model's 32 ms grid knows. */
export const GRID_ERROR = 64;

/** Points of a curve: at `x` dB, `y` ms. */
type Curve = readonly (readonly [x: number, y: number])[];

/**
 * How far a boundary may be off (95 %), ms, by how far the speech stands above the threshold of hearing next to it, dB.
 * Fitted to scripts/detector-accuracy.ts: below 20 dB the first or the last sound of a word may be masked whole.
 */
const ONSET: Curve = [
  [5, 165],
  [18, 150],
  [23, 14],
  [32, 4],
  [40, 3],
];
const FADING_END: Curve = [
  [5, 240],
  [15, 200],
  [25, 150],
  [31, 40],
  [35, 13],
];
const FADING_STOP: Curve = [
  [5, 150],
  [15, 120],
  [20, 60],
  [24, 10],
  [30, 4],
];
/** A sound that breaks off in full level is cut, and nothing of it is masked. */
const CUT_ERROR = 4;
/** What breaks off at half of its own standing (in dB) and 6 dB more was no longer speech dying away. */
const isCut = (snrDb: number, insideDb: number): boolean => insideDb >= 6 + snrDb / 2;

/** Of an onset. `apart`: how far the second opinion lies off, ms. */
export const onsetError = (snrDb: number, apart: number | undefined): number =>
  Math.max(along(ONSET, snrDb), disagreement(apart));

/** Of the last audible instant; `insideDb` is how far its last 10 ms stand above the threshold. */
export const endError = (snrDb: number, insideDb: number, apart: number | undefined): number =>
  Math.max(isCut(snrDb, insideDb) ? CUT_ERROR : along(FADING_END, snrDb), disagreement(apart));

/** Of the -20 dB stop; `insideDb` as for the end. It lies above what noise can mask long after the end does not. */
export const stopError = (snrDb: number, insideDb: number): number =>
  isCut(snrDb, insideDb) ? CUT_ERROR : along(FADING_STOP, snrDb);

/** Two independent detectors that differ have both missed something, as a rule: the truth lies further out. */
const disagreement = (apart = 0): number => (apart > RESOLUTION_MS ? RESOLUTION_MS + 2.2 * apart : 0);

/** The curve at `x`: straight between its points, level beyond them. */
function along(curve: Curve, x: number): number {
  const above = curve.findIndex(([at]) => at >= x);
  const [x1, y1] = curve[above === -1 ? curve.length - 1 : above] as Curve[number];
  const [x0, y0] = curve[above === -1 ? curve.length - 1 : Math.max(0, above - 1)] as Curve[number];
  return x1 === x0 ? y1 : y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
}
