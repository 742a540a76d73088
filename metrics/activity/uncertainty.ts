/** How far a detected boundary may be off (95 %), ms, by how far the speech stands above the noise. */
export interface BoundaryError {
  readonly onset: number;
  readonly stop: number;
  readonly end: number;
}

/**
 * Coarse: 95th percentiles of this detector against the known samples of three synthetic voices (mu-law, white noise).
 * The -20 dB stop stays sharp until the noise comes near 20 dB below the speech.
 */
const TABLE: readonly (BoundaryError & { readonly snrDb: number })[] = [
  { snrDb: 10, onset: 90, stop: 90, end: 300 },
  { snrDb: 19, onset: 72, stop: 45, end: 220 },
  { snrDb: 29, onset: 10, stop: 10, end: 70 },
  { snrDb: 39, onset: 8, stop: 3, end: 33 },
  { snrDb: 49, onset: 4, stop: 2, end: 8 },
];

/** Uncertainty of boundaries of speech `snrDb` above its noise, interpolated. */
export function boundaryError(snrDb: number): BoundaryError {
  const above = TABLE.findIndex((row) => row.snrDb >= snrDb);
  const high = TABLE[above === -1 ? TABLE.length - 1 : above] as (typeof TABLE)[number];
  const low = TABLE[Math.max(0, above === -1 ? TABLE.length - 1 : above - 1)] as (typeof TABLE)[number];
  const share = high.snrDb === low.snrDb ? 1 : (snrDb - low.snrDb) / (high.snrDb - low.snrDb);
  const between = (a: number, b: number): number => a + (b - a) * share;
  return {
    onset: between(low.onset, high.onset),
    stop: between(low.stop, high.stop),
    end: between(low.end, high.end),
  };
}

/** Uncertainty of an edge that only the model's 32 ms grid knows. */
export const GRID_ERROR = 64;
