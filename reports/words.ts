import type { Bound, Unit } from '../harness/model/metric.ts';

/** A value in its unit, no finer than anybody needs. */
export function inUnit(value: number, unit: Unit): string {
  if (!Number.isFinite(value)) return value < 0 ? 'below all tried' : 'not reached';
  if (unit === 'rate') return `${percent(value)} %`;
  if (unit === 'ms') return `${Math.round(value)} ms`;
  if (unit === 's' || unit === 'dB') return `${value.toFixed(1)} ${unit}`;
  return `${Number(value.toFixed(2))}`;
}

/** Share in percent: whole numbers, one decimal below one percent. */
function percent(value: number): string {
  const share = value * 100;
  return share > 0 && share < 1 ? share.toFixed(1) : `${Math.round(share)}`;
}

/** An interval without its unit, e.g. `11-69`; an open end is left open. */
export function span(low: number, high: number, unit: Unit): string {
  const bare = (value: number): string => inUnit(value, unit).split(' ')[0] ?? '';
  if (Number.isFinite(low) && Number.isFinite(high)) return `${bare(low)}-${bare(high)}`;
  if (Number.isFinite(low)) return `${bare(low)} or more`;
  return Number.isFinite(high) ? `up to ${bare(high)}` : 'open';
}

/** Which statistic, e.g. `p50`; of a curve, what happens at the dose: `10 % at`. */
export const whichOf = (of: Bound['of']): string => (of === 'at10' ? '10 % at' : of === 'at50' ? '50 % at' : of);

/** A gate's limit, e.g. `p50 <= 800 ms`. */
export function bareLimit(
  gate: { readonly of: Bound['of']; readonly bound: number },
  unit: Unit,
  better: 'lower' | 'higher',
): string {
  const sign = better === 'lower' ? '<=' : '>=';
  const plain = gate.of === 'rate' || gate.of === 'mean' || gate.of === 'difference';
  const which = plain ? '' : `${whichOf(gate.of)} `;
  return `${which}${sign} ${inUnit(gate.bound, unit)}`;
}

/** `1 call`, `12 calls`, `3 replies`. */
export const several = (n: number, noun: string, nouns = `${noun}s`): string => `${n} ${n === 1 ? noun : nouns}`;
