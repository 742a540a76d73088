/** A table as its CSV has it: cells are text, and null where nothing is known. */
export interface Rows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/** Reads CSV as DuckDB writes it (RFC 4180): an empty cell is null, an empty text is `""`. The first row names the columns. */
export function readCsv(text: string): Rows {
  const [columns = [], ...rows] = records(text);
  return { columns: columns.map((name) => name ?? ''), rows };
}

const FIELD = /(?:"((?:[^"]|"")*)"|([^",\n\r]*))(,|\r?\n|$)/y;

function records(text: string): (string | null)[][] {
  const all: (string | null)[][] = [];
  let row: (string | null)[] = [];
  FIELD.lastIndex = 0;
  while (FIELD.lastIndex < text.length) {
    const [, quoted, plain = '', end] = FIELD.exec(text) ?? [];
    if (end === undefined) throw new Error('the table is not CSV');
    row.push(quoted === undefined ? (plain === '' ? null : plain) : quoted.replaceAll('""', '"'));
    if (end === ',' && FIELD.lastIndex < text.length) continue;
    if (end === ',') row.push(null);
    all.push(row);
    row = [];
  }
  return all;
}

type Test = (row: readonly (string | null)[]) => boolean;

const CONDITION = /^(\w+)(<=|>=|!=|=|<|>)(.*)$/;

/**
 * Rows that pass every word of `filter`: a word is somewhere in the row; `column=value`, `!=`, `<`, `<=`, `>` and `>=` compare one column,
 * as numbers where both are. Quotes hold words together.
 */
export function filterRows({ columns, rows }: Rows, filter: string): Rows {
  const words = [...filter.matchAll(/(?:[^\s"]|"[^"]*")+/g)].map(([word]) => word.replaceAll('"', ''));
  const tests = words.map((word) => testOf(word, columns));
  return { columns, rows: rows.filter((row) => tests.every((test) => test(row))) };
}

function testOf(word: string, columns: readonly string[]): Test {
  const [, name = '', sign = '', value = ''] = CONDITION.exec(word) ?? [];
  const at = columns.indexOf(name);
  if (at < 0) return (row) => row.some((cell) => cell?.toLowerCase().includes(word.toLowerCase()));
  const passes = COMPARE[sign];
  return (row) => {
    const cell = row[at] ?? null;
    if (cell === null) return sign === '!=' ? value !== '' : sign === '=' && value === '';
    return passes?.(compare(cell, value)) ?? false;
  };
}

const COMPARE: Readonly<Record<string, (order: number) => boolean>> = {
  '=': (order) => order === 0,
  '!=': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

const isNumber = (text: string): boolean => text.trim() !== '' && Number.isFinite(Number(text));

/** Numbers by size, everything else by letter. */
function compare(a: string, b: string): number {
  if (isNumber(a) && isNumber(b)) return Number(a) - Number(b);
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Which way a column is sorted. */
export type Order = 'ascending' | 'descending';

/** Rows in the order of a column; what is not known comes last either way. */
export function sortRows({ columns, rows }: Rows, column: string, order: Order): Rows {
  const at = columns.indexOf(column);
  const sign = order === 'ascending' ? 1 : -1;
  const sorted = rows.toSorted((a, b) => {
    const [x, y] = [a[at] ?? null, b[at] ?? null];
    if (x === null || y === null) return (x === null ? 1 : 0) - (y === null ? 1 : 0);
    return sign * compare(x, y);
  });
  return { columns, rows: sorted };
}

/** As CSV that `readCsv`, a spreadsheet and DuckDB read alike. */
export const writeCsv = ({ columns, rows }: Rows): string =>
  [columns, ...rows].map((row) => `${row.map(csvCell).join(',')}\n`).join('');

const csvCell = (cell: string | null): string =>
  cell === null ? '' : cell === '' || /[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
