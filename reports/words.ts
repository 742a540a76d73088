import type { Bound, Unit } from '../harness/model/metric.ts';
import type { Interval } from './report.ts';

/** A second to listen to, e.g. `0:14.2`. */
export function listenAt(atMs: number): string {
  const tenths = Math.max(0, Math.round(atMs / 100));
  const minutes = Math.floor(tenths / 600);
  return `${minutes}:${((tenths % 600) / 10).toFixed(1).padStart(4, '0')}`;
}

/** A value in its unit, no finer than anybody needs. */
export function inUnit(value: number, unit: Unit): string {
  if (unit === 'rate') return `${percent(value)} %`;
  if (unit === 'ms') return `${Math.round(value)} ms`;
  if (unit === 's') return `${value.toFixed(1)} s`;
  if (unit === 'dB') return `${value.toFixed(1)} dB`;
  return `${Number(value.toFixed(2))}`;
}

/** Share in percent: whole numbers, one decimal below one percent. */
function percent(value: number): string {
  const share = value * 100;
  return share > 0 && share < 1 ? share.toFixed(1) : `${Math.round(share)}`;
}

/** An interval in a unit, without repeating it, e.g. `11-69`. */
export function span({ low, high }: Interval, unit: Unit): string {
  const bare = (value: number): string => (Number.isFinite(value) ? (inUnit(value, unit).split(' ')[0] ?? '') : 'more');
  return `${bare(low)}-${bare(high)}`;
}

/** A bound as a reader would say it, e.g. `p50 <= 800 ms`. */
export function boundText({ of, limit }: Bound, unit: Unit, better: 'lower' | 'higher'): string {
  const sign = better === 'lower' ? '<=' : '>=';
  const which = of === 'rate' || of === 'mean' ? '' : `${of} `;
  return `${which}${sign} ${inUnit(limit, unit)}`;
}

/** `1 call`, `12 calls`. */
export const counted = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;
