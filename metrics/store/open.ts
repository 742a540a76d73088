import { existsSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import type { DuckDBConnection } from '@duckdb/node-api';
import { UsageError } from '../../harness/model/errors.ts';
import { migrations, SCHEMA_VERSION } from './schema.ts';

/** A database that is open, with its one connection. */
export interface Opened {
  readonly instance: DuckDBInstance;
  readonly connection: DuckDBConnection;
}

// Nothing is ever downloaded; a reader can neither write a file nor open another database.
const WRITE = { autoinstall_known_extensions: 'false', autoload_known_extensions: 'false' };
const READ = { ...WRITE, access_mode: 'READ_ONLY', enable_external_access: 'false', lock_configuration: 'true' };

/** Opens for writing, makes the file when there is none, and brings an older layout forward. */
export async function openForWriting(path: string): Promise<Opened> {
  const opened = await connect(path, WRITE);
  try {
    await migrate(opened.connection, await versionOf(opened.connection, path));
    return opened;
  } catch (error) {
    close(opened);
    throw error;
  }
}

/** Opens for reading. An older layout is brought forward first. */
export async function openForReading(path: string): Promise<Opened> {
  if (!existsSync(path))
    throw new UsageError(`there is no store at ${path}; run hangup run first, or name the folder with --out`);
  const opened = await connect(path, READ);
  const version = await versionOf(opened.connection, path).catch((error: unknown) => {
    close(opened);
    throw error;
  });
  if (version === SCHEMA_VERSION) return opened;
  close(opened);
  close(await openForWriting(path));
  return connect(path, READ);
}

/** Opens for reading, with leave to write what is read into files. Nothing else may have the store open for reading in this process. */
export const openForCopying = async (path: string): Promise<Opened> =>
  connect(path, { ...WRITE, access_mode: 'READ_ONLY' });

/** Closes the connection and the file; everything committed is then in the file itself. */
export function close({ connection, instance }: Opened): void {
  connection.closeSync();
  instance.closeSync();
}

async function connect(path: string, options: Record<string, string>): Promise<Opened> {
  let instance: DuckDBInstance;
  try {
    instance = await DuckDBInstance.fromCache(path, options);
  } catch (error) {
    throw openingTrouble(path, error as Error);
  }
  try {
    return { instance, connection: await instance.connect() };
  } catch (error) {
    instance.closeSync();
    throw error;
  }
}

function openingTrouble(path: string, { message }: Error): Error {
  const owner = /\(PID (\d+)/.exec(message)?.[1];
  if (/Conflicting lock/i.test(message)) {
    const who = owner ? `process ${owner}` : 'another process';
    return new UsageError(`${path} is in use by ${who}; wait for that run to end, or write elsewhere with --out`);
  }
  if (/different configuration/i.test(message)) {
    return new UsageError(`${path} is being written by this very process; close the store before reading it`);
  }
  if (/not a valid DuckDB database|serialized|newer|version/i.test(message)) {
    return new UsageError(
      `${path} is not a store that this Hangup can read; move it away and rebuild it with hangup score`,
    );
  }
  return new UsageError(
    `${path} cannot be opened (${message.split('\n')[0]}); mend that, or write elsewhere with --out`,
  );
}

/** The layout's version; 0 for a new, empty file. Throws UsageError for a file of somebody else or of a newer Hangup. */
async function versionOf(connection: DuckDBConnection, path: string): Promise<number> {
  const tables = await connection.runAndReadAll(
    "SELECT table_name FROM information_schema.tables WHERE table_catalog = current_database() AND table_schema = 'main'",
  );
  const names = tables.getRows().map(([name]) => String(name));
  if (names.length === 0) return 0;
  if (!names.includes('schema_version') || !names.includes('runs')) {
    throw new UsageError(`${path} is a DuckDB file, but not a store of Hangup; name another place with --out`);
  }
  const found = Number((await connection.runAndReadAll('SELECT max(version) FROM schema_version')).getRows()[0]?.[0]);
  if (found > SCHEMA_VERSION) {
    throw new UsageError(
      `${path} was made by a newer Hangup (layout ${found}, this one knows ${SCHEMA_VERSION}); update Hangup, or move the file away and rebuild it with hangup score`,
    );
  }
  return found;
}

async function migrate(connection: DuckDBConnection, from: number): Promise<void> {
  for (const { version, sql } of migrations.filter((migration) => migration.version > from)) {
    await connection.run('BEGIN');
    try {
      if (version === 1) await connection.run('CREATE TABLE schema_version (version INTEGER NOT NULL)');
      await connection.run(sql);
      await connection.run('INSERT INTO schema_version VALUES ($1)', [version]);
      await connection.run('COMMIT');
    } catch (error) {
      await connection.run('ROLLBACK');
      throw error;
    }
  }
}
