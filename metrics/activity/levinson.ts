/** What is added to the diagonal so that a signal of few frequencies still has one answer. */
const LOADING = 1e-4;

/**
 * The filter that best makes one signal of another: solves the Toeplitz system of `own` (autocorrelation) and `cross`
 * (cross-correlation) by Levinson's recursion (1947). Undefined when there is nothing to make it of.
 */
export function levinson(own: Float64Array, cross: Float64Array): Float64Array | undefined {
  const energy = (own[0] ?? 0) * (1 + LOADING);
  if (energy <= 0) return undefined;
  const at = (lag: number): number => (lag === 0 ? energy : (own[lag] as number));
  const order = own.length;
  let forward = Float64Array.of(1);
  let error = energy;
  const filter = new Float64Array(order);
  filter[0] = (cross[0] as number) / energy;
  for (let m = 1; m < order; m++) {
    let [miss, wrong] = [0, 0];
    for (let i = 0; i < m; i++) {
      miss += (forward[i] as number) * at(m - i);
      wrong += (filter[i] as number) * at(m - i);
    }
    forward = stepped(forward, -miss / error);
    error -= (miss * miss) / error;
    if (error <= energy * 1e-9) return filter;
    const gain = ((cross[m] as number) - wrong) / error;
    for (let i = 0; i <= m; i++) filter[i] = (filter[i] as number) + gain * (forward[m - i] as number);
  }
  return filter;
}

/** The prediction filter one order up, by its reflection coefficient. */
function stepped(forward: Float64Array, reflection: number): Float64Array<ArrayBuffer> {
  const order = forward.length;
  return Float64Array.from({ length: order + 1 }, (_, i) => (forward[i] ?? 0) + reflection * (forward[order - i] ?? 0));
}
