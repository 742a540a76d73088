import { inUnit } from '../words.ts';
import type { Cell, Column, Table } from './table.ts';

/** Remarks of one table on a terminal; the rest is in the JSON. */
const REMARKS_SHOWN = 12;

/** A table in plain text, with its question above and its remarks below. */
export function printTable({ asks, columns, rows, remarks }: Table): string {
  const cells = [
    columns.map(({ name }) => name),
    ...rows.map((row) => row.map((cell, i) => inWords(cell, columns[i]))),
  ];
  const widths = columns.map((_, i) => Math.max(...cells.map((row) => (row[i] ?? '').length)));
  const lines = cells.map((row) =>
    row
      .map((cell, i) => (isFigure(columns[i]) ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
  const more = remarks.length - REMARKS_SHOWN;
  return [
    asks,
    ...lines.map((line) => `  ${line}`),
    ...remarks.slice(0, REMARKS_SHOWN).map((remark) => `  ${remark}`),
    ...(more > 0 ? [`  ... and ${more} more, in the JSON document`] : []),
  ].join('\n');
}

const isFigure = (column: Column | undefined): boolean => column !== undefined && column.unit !== 'text';

/** A cell as a reader takes it; `-` where there is nothing to say. */
export function inWords(cell: Cell, column: Column | undefined): string {
  if (cell === null) return '-';
  if (typeof cell === 'string' || column === undefined || column.unit === 'text') return `${cell}`;
  if (column.unit === 'count' || column.unit === 'ratio') return `${Math.round(cell * 100) / 100}`;
  return inUnit(cell, column.unit);
}
