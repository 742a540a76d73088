import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { close, openForCopying } from './open.ts';

/**
 * Writes the rows of `run` in each of `tables`, which may be views, as `folder/TABLE.csv` and `folder/TABLE.parquet`.
 * The store at `path` must be of this layout and not be open in this process. In CSV an unknown value is an empty cell.
 */
export async function exportRun(path: string, run: string, tables: readonly string[], folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const opened = await openForCopying(path);
  try {
    for (const table of tables) {
      const rows = `SELECT * FROM "${table.replaceAll('"', '""')}" WHERE run_id = ${quoted(run)}`;
      const to = (kind: string): string => quoted(join(folder, `${table}.${kind}`));
      await opened.connection.run(`COPY (${rows}) TO ${to('csv')} (FORMAT csv, HEADER)`);
      await opened.connection.run(`COPY (${rows}) TO ${to('parquet')} (FORMAT parquet)`);
    }
  } finally {
    close(opened);
  }
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
