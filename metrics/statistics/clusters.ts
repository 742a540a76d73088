/**
 * By how much observations that come in clusters (the turns of one call) tell less than as many independent ones: the
 * variance of their mean with whole clusters as the unit (the ratio estimator of Cochran, Sampling Techniques, section 9A),
 * over that of a simple sample. At least 1; 1 where every observation is the same, or each is a cluster of its own.
 */
export function designEffect(clusters: readonly (readonly number[])[]): number {
  const sizes = clusters.map(({ length }) => length);
  const n = sizes.reduce((sum, size) => sum + size, 0);
  const k = clusters.length;
  if (k < 2 || n === k) return 1;
  const values = clusters.flat();
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const simple = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n / n;
  if (simple <= 0) return 1;
  const residuals = clusters.map((cluster) => cluster.reduce((sum, value) => sum + value - mean, 0));
  const clustered = (residuals.reduce((sum, residual) => sum + residual * residual, 0) * k) / ((k - 1) * n * n);
  return Math.max(1, clustered / simple);
}
