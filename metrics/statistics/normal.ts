/** Log of the gamma function for x > 0, by Lanczos' series (g = 7, n = 9): about 15 digits. */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * x))) - logGamma(1 - x);
  const t = x - 1;
  const series = LANCZOS.reduce((sum, term, i) => sum + (i === 0 ? term : term / (t + i)), 0);
  const base = t + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (t + 0.5) * Math.log(base) - base + Math.log(series);
}

const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** Regularised incomplete beta function I_x(a, b), by its continued fraction (Lentz). */
export function betaCdf(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  return x < (a + 1) / (a + b + 2) ? (front * fraction(x, a, b)) / a : 1 - (front * fraction(1 - x, b, a)) / b;
}

function fraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  const safe = (value: number): number => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / safe(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m <= 500; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / safe(1 + even * d);
    c = safe(1 + even / c);
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / safe(1 + odd * d);
    c = safe(1 + odd / c);
    value *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return value;
}

/** The x at which a rising function on [0, 1] reaches `p`, by bisection. */
export function invert(rises: (x: number) => number, p: number): number {
  let low = 0;
  let high = 1;
  for (let i = 0; i < 200 && high - low > 1e-15; i++) {
    const middle = (low + high) / 2;
    if (rises(middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Quantile of the beta distribution. */
export const betaQuantile = (p: number, a: number, b: number): number => invert((x) => betaCdf(x, a, b), p);

/** Quantile of the standard normal distribution, for 0 < p < 1, by bisection. */
export function normalQuantile(p: number): number {
  let low = -40;
  let high = 40;
  for (let i = 0; i < 200 && high - low > 1e-13; i++) {
    const middle = (low + high) / 2;
    if (normalCdf(middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Distribution function of the standard normal: Marsaglia's series near zero, a continued fraction in the tails. */
export function normalCdf(x: number): number {
  if (x < -6) return tail(-x);
  if (x > 6) return 1 - tail(x);
  let term = x;
  let sum = x;
  for (let k = 3; Math.abs(term) > 1e-17 && k < 400; k += 2) {
    term *= (x * x) / k;
    sum += term;
  }
  return 0.5 + sum * Math.exp(-0.5 * x * x - 0.5 * Math.log(2 * Math.PI));
}

function tail(x: number): number {
  let value = 0;
  for (let k = 60; k >= 1; k--) value = k / (x + value);
  return Math.exp(-0.5 * x * x - 0.5 * Math.log(2 * Math.PI)) / (x + value);
}
