import { inWords } from '../tables/print.ts';
import type { Cell, Column, Table } from '../tables/table.ts';
import { span } from '../words.ts';
import type { Html } from './html.ts';
import { table } from './table.ts';

/** A read model of reports/tables on a page: a share and the two ends of its interval are one column. */
export function shown({ columns, rows }: Table): Html {
  const kept = columns.filter(({ name }) => name !== 'low' && name !== 'high');
  const heads = kept.map(({ name }) => (name === 'share' ? 'share (95 % interval)' : name));
  return table(
    heads,
    rows.map((row) => ({
      cells: columns.flatMap((column, i) => (kept.includes(column) ? [cellOf(column, row[i] ?? null, row, i)] : [])),
    })),
  );
}

function cellOf(column: Column, cell: Cell, row: readonly Cell[], i: number): string {
  if (column.name !== 'share') return inWords(cell, column);
  const [low, high] = [row[i + 1], row[i + 2]];
  if (typeof low !== 'number' || typeof high !== 'number') return inWords(cell, column);
  return `${inWords(cell, column)} (${span(low, high, 'rate')})`;
}
