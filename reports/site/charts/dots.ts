/** A dot, and how far above or below the middle of its row it stands: -1 to 1. */
export interface Placed<T> {
  readonly one: T;
  readonly offset: number;
}

/** Of a dot and the room between two, px; how many of them find room side by side in a row `height` px high. */
const DOT = 9;
const across = (height: number): number => Math.max(1, Math.floor(height / DOT));
/** Of the chart's width, how many dots stand beside one another. */
const COLUMNS = 64;

/**
 * Places dots in rows without leaving them: side by side across the row while there is room, over one another where there
 * is none. `at` is a dot's place along the axis, `reach` the axis' end, both in its unit.
 */
export function placed<T>(
  all: readonly T[],
  rowOf: (one: T) => string,
  at: (one: T) => number,
  reach: number,
  height: number,
): readonly Placed<T>[] {
  const column = (one: T): string => `${Math.floor((at(one) / Math.max(reach, 1e-9)) * COLUMNS)} ${rowOf(one)}`;
  return [...Map.groupBy(all, column).values()].flatMap((own) => {
    const step = 2 / Math.max(across(height), own.length);
    return own.map((one, k) => ({ one, offset: (k - (own.length - 1) / 2) * step }));
  });
}

/** More dots than this are no picture, and a page that no telephone opens. */
export const MOST_DOTS = 2000;

/** At most MOST_DOTS of `all`: the largest by `value` among them, the others evenly by their order in it. */
export function thinned<T>(all: readonly T[], value: (one: T) => number): readonly T[] {
  if (all.length <= MOST_DOTS) return all;
  const sorted = all.toSorted((a, b) => value(b) - value(a));
  const largest = sorted.slice(0, MOST_DOTS / 4);
  const rest = sorted.slice(largest.length);
  const left = MOST_DOTS - largest.length;
  return [...largest, ...Array.from({ length: left }, (_, k) => rest[Math.floor((k * rest.length) / left)] as T)];
}

/** What a caption says of dots that were left out. */
export const thinnedText = (all: number): string =>
  all <= MOST_DOTS
    ? ''
    : ` Shown are ${MOST_DOTS} of them: the ${MOST_DOTS / 4} that stand out most, the others evenly.`;
