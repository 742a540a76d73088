import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openStore } from '../../../metrics/store/store.ts';
import { UsageError } from '../../model/errors.ts';
import { RUNS } from '../common.ts';
import { text } from '../numbers.ts';

/** `hangup sql QUERY`: one read-only statement over the store, as a table or as JSON. */
export async function run(args: (string | string[] | undefined)[], options: Record<string, unknown>): Promise<number> {
  const path = join(text(options, 'out') ?? RUNS, 'hangup.duckdb');
  if (!existsSync(path)) throw new UsageError(`there is no store at ${path} yet; make one with: hangup run demo`);
  const store = await openStore(path, 'read');
  try {
    const rows = await store.query(String(args[0]));
    if (options['json']) process.stdout.write(`${JSON.stringify({ schema: 'hangup.rows/1', rows })}\n`);
    else printTable(rows);
    return 0;
  } finally {
    await store.close();
  }
}

function printTable(rows: readonly Readonly<Record<string, unknown>>[]): void {
  const columns = Object.keys(rows[0] ?? {});
  if (columns.length === 0) return void process.stdout.write('no rows\n');
  const cells = [columns, ...rows.map((row) => columns.map((column) => String(row[column] ?? '')))];
  const widths = columns.map((_, index) => Math.max(...cells.map((row) => row[index]?.length ?? 0)));
  for (const row of cells) {
    process.stdout.write(
      `${row
        .map((cell, index) => cell.padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd()}\n`,
    );
  }
}
