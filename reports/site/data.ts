import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openStore } from '../../metrics/store/store.ts';
import type { RunReport } from '../report.ts';
import { callAddress } from './components/address.ts';

/** A row of a query, as JSON values. */
export type Rows<R> = readonly R[];

/** What the pages are made from: judged runs, and the store they are kept in. */
export interface SiteData {
  /** The run the site is about. */
  readonly run: RunReport;
  /** All runs that were named, that one first. */
  readonly runs: readonly RunReport[];
  /** The calls that the latest self-test has kept, where there are some. */
  readonly selftest: RunReport | undefined;
  /** Rows of one SELECT over the store; `$run` in it stands for the main run's id. No rows where there is no store. */
  rows<R = Readonly<Record<string, unknown>>>(sql: string): Promise<Rows<R>>;
  /** Address of a call's page, at an instant of it in ms. */
  callLink(call: string, at?: number, run?: string): string;
}

/** The store beside a run. */
export const storeOf = ({ paths }: RunReport): string => join(dirname(paths.run), 'hangup.duckdb');

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Opens the store at `path`, that beside the first run when none is given, for reading, hands it to `use`, and closes it. Throws UsageError when it is in use. */
export async function withSiteData<T>(
  runs: readonly RunReport[],
  use: (site: SiteData) => Promise<T>,
  path = runs[0] ? storeOf(runs[0]) : '',
  selftest?: RunReport,
): Promise<T> {
  const [run] = runs;
  if (!run) throw new Error('a site needs a run');
  const store = existsSync(path) ? await openStore(path, 'read') : undefined;
  try {
    return await use({
      run,
      runs,
      selftest,
      rows: async <R>(sql: string) =>
        ((await store?.query(sql.replaceAll('$run', () => quoted(run.manifest.id)))) ?? []) as Rows<R>,
      callLink: (call, at, of = run.manifest.id) => callAddress(of, call, at),
    });
  } finally {
    await store?.close();
  }
}
