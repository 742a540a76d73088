import { CALL_TABLES, RUN_TABLES } from '../../metrics/store/schema.ts';
import type { SiteData } from './data.ts';

/** A table or view of the store, as far as the main run is in it. */
export interface Stored {
  readonly name: string;
  /** What its rows are, as the store itself says. */
  readonly about: string;
  /** Rows of the main run. */
  readonly rows: number;
  readonly columns: readonly { readonly name: string; readonly type: string; readonly mayMiss: boolean }[];
  /** A view's definition. */
  readonly sql: string | undefined;
}

const ORDER: readonly string[] = [...CALL_TABLES, ...RUN_TABLES];
/** Tables of calls, tables of runs, views. */
const placeOf = (name: string): number => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length);

/** Every table and view of the store, views last. None where there is no store. */
export async function storedTables({ rows }: SiteData): Promise<readonly Stored[]> {
  const tables = await rows<{ name: string; about: string | null; sql: string | null }>(
    `SELECT table_name AS name, comment AS about, NULL AS sql FROM duckdb_tables()
       WHERE NOT internal AND table_name <> 'schema_version'
     UNION ALL SELECT view_name, comment, sql FROM duckdb_views() WHERE NOT internal`,
  );
  const columns = await rows<{ of: string; name: string; type: string; may_miss: boolean }>(
    `SELECT table_name AS "of", column_name AS name, data_type AS type, is_nullable AS may_miss
     FROM duckdb_columns() WHERE NOT internal ORDER BY table_name, column_index`,
  );
  return Promise.all(
    tables
      .toSorted((a, b) => placeOf(a.name) - placeOf(b.name) || (a.name < b.name ? -1 : 1))
      .map(async ({ name, about, sql }) => {
        const [counted] = await rows<{ n: number }>(`SELECT count(*)::INTEGER AS n FROM "${name}" WHERE run_id = $run`);
        return {
          name,
          about: about ?? '',
          rows: counted?.n ?? 0,
          columns: columns
            .filter((column) => column.of === name)
            .map((column) => ({ name: column.name, type: column.type, mayMiss: column.may_miss })),
          sql: sql ?? undefined,
        };
      }),
  );
}
