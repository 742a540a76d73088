import type { Unit } from '../../harness/model/metric.ts';
import { several, inUnit, span } from '../words.ts';
import type { ArmFigure, Comparison, FigureRow, Rank } from './comparison.ts';
import { LEAST_CALLS } from './difference.ts';
import type { Difference } from './difference.ts';

/** The comparison in plain words, for a terminal: who answers sooner, and every figure by arm. */
export const comparisonText = (comparison: Comparison): string =>
  [
    ...rankingSentences(comparison),
    '',
    ...figureTable(comparison),
    '',
    `Under a figure: its difference to ${comparison.arms[0]?.name}, a 95 % interval over calls, and what that says (~: cannot be told apart).`,
    ...comparison.arms.map(({ name, runs }) => `${name}: ${runs.map(({ manifest }) => manifest.id).join(', ')}`),
  ].join('\n');

/** A difference with its sign; one of shares is in points of percent. */
export function signed(value: number, unit: Unit): string {
  if (!Number.isFinite(value)) return 'not told';
  const plus = value > 0 ? '+' : '';
  return unit === 'rate' ? `${plus}${(100 * value).toFixed(1)} points` : `${plus}${inUnit(value, unit)}`;
}

/** Calls that a difference was observed in, e.g. `24 calls, paired`. */
export const callsText = ({ calls: [a, b], paired }: Difference): string =>
  paired ? `${several(a, 'call')}, paired` : a === b ? `${several(a, 'call')} each` : `${a} and ${several(b, 'call')}`;

/** Who answers soonest, and how much later each other one does; one sentence an arm. */
export function rankingSentences({ ranking }: Comparison): readonly string[] {
  const [first, ...others] = ranking;
  if (first?.value === undefined) return ['Nobody can be ranked: no turn was answered or missed.'];
  const fastest = first.arm.name;
  const told = others.some(({ toFirst }) => toFirst?.found === 'worse');
  const head = `${told ? 'Fastest' : 'First'}: ${fastest}, which answers after ${inUnit(first.value, 'ms')} (median).`;
  return [head, ...others.map((rank, index) => placeOf(rank, fastest, ranking[index]?.arm.name ?? fastest))];
}

function placeOf({ arm, value, toFirst, toPrevious }: Rank, fastest: string, previous: string): string {
  if (value === undefined || !toFirst) return `${arm.name}: no turn was observed.`;
  const next = previous === fastest || !toPrevious ? '' : `; ${againstText(toPrevious, previous)}`;
  return `${arm.name}: ${againstText(toFirst, fastest)}${next}.`;
}

function againstText(difference: Difference, than: string): string {
  const { first, other, interval, found, calls } = difference;
  const later = other - first;
  if (!interval) {
    const few = Math.min(...calls) < LEAST_CALLS;
    const why = few ? `${callsText(difference)}, and ${LEAST_CALLS} are needed` : 'nothing varies';
    return `cannot be told apart from ${than} (${signed(later, 'ms')}; ${why})`;
  }
  const range = `95 % interval ${span(interval.low, interval.high, 'ms')}, ${callsText(difference)}`;
  if (found === 'not told apart') return `cannot be told apart from ${than} (${signed(later, 'ms')}; ${range})`;
  const which = found === 'worse' ? 'later' : 'sooner';
  return `answers ${inUnit(Math.abs(later), 'ms')} ${which} than ${than} (${range})`;
}

function figureTable({ arms, rows }: Comparison): readonly string[] {
  const lines = [['', ...arms.map(({ name }) => name)], ...rows.flatMap(linesOf)];
  const width = (column: number): number => Math.max(...lines.map((line) => line[column]?.length ?? 0));
  const widths = ['', ...arms].map((_, column) => width(column));
  return lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** A figure's values, and under them how they differ. */
function linesOf({ figure: { name, unit }, arms }: FigureRow): readonly (readonly string[])[] {
  const values = [name, ...arms.map(({ value }) => valueText(value, unit))];
  const differences = arms.map(({ difference }) => (difference ? differenceText(difference) : ''));
  return differences.some((text) => text !== '') ? [values, ['', ...differences]] : [values];
}

/** A value with its interval and its number of observations. */
export function valueText(value: ArmFigure['value'], unit: Unit): string {
  if (!value) return '-';
  return `${inUnit(value.value, unit)} (${span(value.low, value.high, unit)}), n ${value.n}`;
}

const SAYS = { better: 'better', worse: 'worse', 'not told apart': '~' } as const;

/** How an arm differs, e.g. `+652 ms (640-671) worse`. */
function differenceText({ first, other, unit, calls, interval, found }: Difference): string {
  if (Math.min(...calls) < LEAST_CALLS) return `${signed(other - first, unit)} (too few calls)`;
  const range = interval ? ` (${signed(interval.low, unit)} to ${signed(interval.high, unit)})` : '';
  return `${signed(other - first, unit)}${range} ${SAYS[found]}`;
}
