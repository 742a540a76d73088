import { callAddress, fileName } from './address.ts';
import { filterRows, readCsv, sortRows, writeCsv } from './data/rows.ts';
import type { Order, Rows } from './data/rows.ts';
import { button, choice, element } from './dom.ts';

/** Rows put on the page at once. */
const SHOWN = 200;

/** The same in every row: the page is about one run. */
const RUN = 'run_id';
const seenColumns = ({ columns }: Rows): readonly string[] => columns.filter((column) => column !== RUN);

const NONE: Rows = { columns: [], rows: [] };

/** What of which table is looked at. */
interface Look {
  readonly table: string;
  readonly filter: string;
  readonly sort: string;
  readonly order: Order;
}

/**
 * Lets a reader choose, filter and sort the tables that the page describes, in `root`. What is looked at is in the
 * address: `?table=scores&filter=metric%3Dcut_in`. Runs in the reader's browser.
 */
export async function show(root: HTMLElement): Promise<void> {
  const run = root.dataset['run'] ?? '';
  const described = [...document.querySelectorAll<HTMLElement>('details[data-table]')];
  const names = described.map(({ dataset }) => dataset['table'] ?? '');
  for (const command of document.querySelectorAll('.command')) command.append(' ', copyOf(command.textContent));
  const body = element('div');
  let look = asked(names);
  let whole = NONE;
  const draw = (): void => {
    remember(look);
    const found = filterRows(whole, look.filter);
    const sorted = look.sort === '' ? found : sortRows(found, look.sort, look.order);
    body.replaceChildren(...drawRows(sorted, whole.rows.length, look, run, sortBy));
  };
  const sortBy = (column: string): void => {
    look = { ...look, sort: column, order: turned(look, column) };
    draw();
    body.querySelector<HTMLElement>(`th[data-column="${CSS.escape(column)}"] button`)?.focus();
  };
  const open = async (table: string, sort = ''): Promise<void> => {
    look = { ...look, table, sort };
    const found = await rowsOf(run, table);
    // Another table may have been chosen meanwhile.
    if (look.table !== table) return;
    whole = found ?? NONE;
    if (found) draw();
    else body.replaceChildren(element('p', '', `The table ${table} is not on this site.`));
  };
  const filtered = (filter: string): void => {
    look = { ...look, filter };
    draw();
  };
  root.replaceChildren(...controls(names, look, (table) => void open(table), filtered), body);
  await open(look.table, look.sort);
}

/** What the address asks for; the first table where it names none. */
function asked(names: readonly string[]): Look {
  const query = new URLSearchParams(location.search);
  return {
    table: names.find((name) => name === query.get('table')) ?? names[0] ?? '',
    filter: query.get('filter') ?? '',
    sort: query.get('sort') ?? '',
    order: query.get('order') === 'descending' ? 'descending' : 'ascending',
  };
}

const turned = ({ sort, order }: Look, column: string): Order =>
  sort === column && order === 'ascending' ? 'descending' : 'ascending';

async function rowsOf(run: string, table: string): Promise<Rows | undefined> {
  const answer = await fetch(`./data/${fileName(run)}/${table}.csv`);
  return answer.ok ? readCsv(await answer.text()) : undefined;
}

function controls(
  names: readonly string[],
  { table, filter }: Look,
  choose: (table: string) => void,
  narrow: (filter: string) => void,
): HTMLElement[] {
  const words = element('input');
  words.type = 'search';
  words.size = 36;
  words.placeholder = 'failed, value>1000, class=cough';
  words.value = filter;
  words.addEventListener('input', () => narrow(words.value));
  const tables = choice('table', names, table, choose);
  return [
    element('div', 'controls', tables, element('label', 'choice', 'rows with ', words)),
    element(
      'p',
      'about',
      'Words anywhere in a row; column=value, !=, <, <=, >, >= for one column; quotes hold words together. A heading sorts.',
    ),
  ];
}

/** A button that puts a command into the clipboard. */
function copyOf(command: string | null): HTMLElement {
  const copy = button(
    'copy',
    () => void navigator.clipboard.writeText(command ?? '').then(() => (copy.textContent = 'copied')),
  );
  return copy;
}

/** Keeps what is looked at in the address, so that it can be sent to somebody. */
function remember({ table, filter, sort, order }: Look): void {
  const query = new URLSearchParams({ table, ...(filter ? { filter } : {}), ...(sort ? { sort, order } : {}) });
  history.replaceState(undefined, '', `?${query.toString()}${location.hash}`);
}

function drawRows(found: Rows, of: number, look: Look, run: string, sortBy: (column: string) => void): Node[] {
  const body = element('tbody');
  const more = button('', () => add());
  const add = (): void => {
    const from = body.childElementCount;
    body.append(...found.rows.slice(from, from + SHOWN).map((row) => drawRow(found.columns, row, run)));
    const left = found.rows.length - body.childElementCount;
    more.textContent = `show ${Math.min(left, SHOWN)} more of ${left}`;
    more.hidden = left <= 0;
  };
  add();
  const head = element('tr', '', ...seenColumns(found).map((column) => heading(column, look, sortBy)));
  const grid = element('div', 'scroll rows', element('table', '', element('thead', '', head), body));
  // A table that scrolls must scroll by keyboard too.
  grid.tabIndex = 0;
  const counted = element('output', 'about', `${found.rows.length} of ${of} rows `);
  return [element('p', '', counted, ' ', download(found, look.table)), grid, more];
}

function heading(column: string, { sort, order }: Look, sortBy: (column: string) => void): HTMLElement {
  const made = element(
    'th',
    '',
    button(column + (sort === column ? (order === 'ascending' ? ' ↑' : ' ↓') : ''), () => sortBy(column)),
  );
  made.scope = 'col';
  made.dataset['column'] = column;
  made.ariaSort = sort === column ? order : 'none';
  return made;
}

/** A call's name leads to the call, at the instant the row is about where it has one. */
function drawRow(columns: readonly string[], row: readonly (string | null)[], run: string): HTMLElement {
  const cellOf = (name: string): string | undefined => row[columns.indexOf(name)] ?? undefined;
  const at = Number(cellOf('at_ms') ?? cellOf('listen_at_ms') ?? cellOf('onset') ?? cellOf('caller_end'));
  const cells = columns.flatMap((column, i) => (column === RUN ? [] : [drawCell(column, row[i] ?? null, run, at)]));
  return element('tr', '', ...cells);
}

function drawCell(column: string, cell: string | null, run: string, at: number): HTMLElement {
  if (cell === null) return element('td');
  if (column !== 'call_id') return element('td', Number.isFinite(Number(cell)) && cell !== '' ? 'number' : '', cell);
  const link = element('a', '', cell);
  link.href = callAddress(run, cell, Number.isFinite(at) ? at : undefined);
  return element('td', '', link);
}

function download(found: Rows, table: string): HTMLElement {
  return button('download these rows as CSV', () => {
    const link = element('a');
    link.href = URL.createObjectURL(new Blob([writeCsv(found)], { type: 'text/csv' }));
    link.download = `${table}.csv`;
    link.click();
    URL.revokeObjectURL(link.href);
  });
}
