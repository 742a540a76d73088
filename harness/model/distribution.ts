import type { Chance } from './seed.ts';

/** How long something takes, by chance; every number in ms but `sigma`. */
export type Distribution =
  | { readonly kind: 'fixed'; readonly ms: number }
  | { readonly kind: 'uniform'; readonly low: number; readonly high: number }
  | { readonly kind: 'normal'; readonly mean: number; readonly sd: number }
  /** `median` ms; the logarithm is normal with standard deviation `sigma`. */
  | { readonly kind: 'lognormal'; readonly median: number; readonly sigma: number }
  | { readonly kind: 'exponential'; readonly mean: number };

/** The ways of writing one, for messages and help. */
export const DISTRIBUTIONS = '350, uniform(200,500), normal(350,50), lognormal(350,0.4) or exponential(350)';

const SHAPES: Readonly<Record<string, readonly [count: number, make: (a: number, b: number) => Distribution]>> = {
  fixed: [1, (ms) => ({ kind: 'fixed', ms })],
  uniform: [2, (low, high) => ({ kind: 'uniform', low, high })],
  normal: [2, (mean, sd) => ({ kind: 'normal', mean, sd })],
  lognormal: [2, (median, sigma) => ({ kind: 'lognormal', median, sigma })],
  exponential: [1, (mean) => ({ kind: 'exponential', mean })],
};

/** Reads `lognormal(350,0.4)` and the like; a bare number is a fixed time. Undefined when it is not one. */
export function readDistribution(text: string): Distribution | undefined {
  const [, name = 'fixed', list = text] = /^([a-z]+)\((.*)\)$/.exec(text.trim()) ?? [];
  const numbers = list.split(',').map((word) => (word.trim() === '' ? Number.NaN : Number(word)));
  const [count, make] = SHAPES[name] ?? [];
  if (!make || numbers.length !== count || !numbers.every((number) => Number.isFinite(number) && number >= 0)) return;
  const [a = 0, b = 0] = numbers;
  return name === 'uniform' && b < a ? undefined : make(a, b);
}

/** One draw, ms; never below 0. */
export function draw(distribution: Distribution, chance: Chance): number {
  switch (distribution.kind) {
    case 'fixed':
      return distribution.ms;
    case 'uniform':
      return chance.between(distribution.low, distribution.high);
    case 'normal':
      return Math.max(0, distribution.mean + distribution.sd * chance.normal());
    case 'lognormal':
      return distribution.median * Math.exp(distribution.sigma * chance.normal());
    case 'exponential':
      return -distribution.mean * Math.log(1 - chance.next());
  }
}
