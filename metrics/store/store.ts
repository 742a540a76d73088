import { DuckDBTypeId, StatementType } from '@duckdb/node-api';
import type { DuckDBConnection, DuckDBResultReader } from '@duckdb/node-api';
import { UsageError } from '../../harness/model/errors.ts';
import type { ScoredCall } from '../../harness/model/metric.ts';
import { makeupText } from '../../harness/model/makeup.ts';
import type { RunManifest } from '../../harness/model/run.ts';
import type { CalibrationRow, CalibrationTable } from '../gate/calibrate.ts';
import { close, openForReading, openForWriting } from './open.ts';
import { rowsOf } from './rows.ts';
import type { CallExtra, Cell, Row } from './rows.ts';
import { CALL_TABLES, RUN_TABLES } from './schema.ts';

export type { CalibrationRow, CalibrationTable } from '../gate/calibrate.ts';
export type { CallExtra, Cell } from './rows.ts';

/** How often one metric turned red on an agent with one planted fault. */
export interface FaultRow {
  /** Its name; '' for the sound agent. */
  readonly fault: string;
  readonly metric: string;
  readonly trials: number;
  readonly detected: number;
  /** What was meant to happen: it must turn red, may along with those that must, or must stay. */
  readonly expected: 'must' | 'may' | 'must-not';
  /** The call that shows it, where one was kept. */
  readonly shown?: CallInstant | undefined;
}

/** Where in which call something is heard. */
export interface CallInstant {
  readonly call: string;
  /** ms of the call. */
  readonly at: number;
}

/** Runs and calls to query. The files of a run are the truth; this can be rebuilt from them. */
export interface Store {
  /** Adds the run, or replaces its own row; its calls stay. */
  addRun(run: RunManifest): Promise<void>;
  /** Adds a call, or replaces it, in one transaction: a killed process leaves a whole call or none. */
  addCall(runId: string, scored: ScoredCall, extra: CallExtra): Promise<void>;
  /** Ids of the run's calls that are in the store. */
  callsOf(runId: string): Promise<ReadonlySet<string>>;
  /** Replaces the run's accuracy table. */
  addCalibration(runId: string, rows: readonly CalibrationRow[], tables?: readonly CalibrationTable[]): Promise<void>;
  /** Replaces what the run proved about planted faults. */
  addFaultsCaught(runId: string, rows: readonly FaultRow[]): Promise<void>;
  /** Forgets a run and its calls. */
  removeRun(id: string): Promise<void>;
  /** Rows of one read-only statement, as JSON values. Throws UsageError for anything else, or when the SQL is wrong. */
  query(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  close(): Promise<void>;
}

/**
 * Opens the store at `path`. One process may write, or several may read.
 * Throws UsageError when another process has it, when it is not ours, or when a newer Hangup made it.
 */
export async function openStore(path: string, mode: 'write' | 'read'): Promise<Store> {
  const opened = mode === 'write' ? await openForWriting(path) : await openForReading(path);
  const { connection } = opened;
  const inTurn = oneAtATime();
  const change = (work: () => Promise<void>): Promise<void> => inTurn(() => transaction(connection, work));
  return {
    addRun: (run) =>
      change(async () => {
        await connection.run('DELETE FROM runs WHERE run_id = $1', [run.id]);
        await connection.run(INSERT_RUN, runCells(run));
      }),
    addCall: (runId, scored, extra) =>
      change(async () => {
        await forgetCall(connection, runId, scored.head.id);
        const rows = rowsOf(runId, scored, extra);
        for (const table of CALL_TABLES) await append(connection, table, rows[table]);
      }),
    callsOf: (runId) => inTurn(() => callIds(connection, runId)),
    addCalibration: (runId, rows, tables = []) =>
      change(async () => {
        const accuracy = rows.map((row) => calibrationCells(runId, row));
        await replaceRows(connection, 'calibrations', runId, accuracy);
        const judged = tables.map((table) => tableCells(runId, table));
        await replaceRows(connection, 'calibration_tables', runId, judged);
      }),
    addFaultsCaught: (runId, rows) =>
      change(() =>
        replaceRows(
          connection,
          'faults_caught',
          runId,
          rows.map((row) => faultCells(runId, row)),
        ),
      ),
    removeRun: (id) =>
      change(async () => {
        for (const table of [...RUN_TABLES, ...CALL_TABLES]) {
          await connection.run(`DELETE FROM ${table} WHERE run_id = $1`, [id]);
        }
      }),
    query: (sql) => inTurn(() => readOnlyRows(connection, sql)),
    close: () =>
      inTurn(async () => {
        close(opened);
        return Promise.resolve();
      }),
  };
}

/** DuckDB has one transaction a connection, so work waits for the work before it, and outlives its failure. */
function oneAtATime(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work, work);
    last = mine.catch(() => undefined);
    return mine;
  };
}

async function transaction(connection: DuckDBConnection, work: () => Promise<void>): Promise<void> {
  await connection.run('BEGIN');
  try {
    await work();
    await connection.run('COMMIT');
  } catch (error) {
    await connection.run('ROLLBACK');
    throw error;
  }
}

async function forgetCall(connection: DuckDBConnection, run: string, call: string): Promise<void> {
  const known = await connection.runAndReadAll('SELECT 1 FROM calls WHERE run_id = $1 AND call_id = $2', [run, call]);
  if (known.currentRowCount === 0) return;
  for (const table of CALL_TABLES) {
    await connection.run(`DELETE FROM ${table} WHERE run_id = $1 AND call_id = $2`, [run, call]);
  }
}

async function callIds(connection: DuckDBConnection, run: string): Promise<ReadonlySet<string>> {
  const known = await connection.runAndReadAll('SELECT call_id FROM calls WHERE run_id = $1', [run]);
  return new Set(known.getRows().map(([id]) => String(id)));
}

async function replaceRows(
  connection: DuckDBConnection,
  table: string,
  run: string,
  rows: readonly Row[],
): Promise<void> {
  await connection.run(`DELETE FROM ${table} WHERE run_id = $1`, [run]);
  await append(connection, table, rows);
}

async function append(connection: DuckDBConnection, table: string, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return;
  const appender = await connection.createAppender(table);
  for (const row of rows) {
    for (const cell of row) {
      if (cell === null) appender.appendNull();
      else if (typeof cell === 'string') appender.appendVarchar(cell);
      else if (typeof cell === 'boolean') appender.appendBoolean(cell);
      else appender.appendDouble(cell);
    }
    appender.endRow();
  }
  appender.closeSync();
}

const INSERT_RUN = `INSERT INTO runs VALUES ($1, $2, $3, $4, $5, $6, $7,
  CAST(CAST($8 AS TIMESTAMPTZ) AT TIME ZONE 'UTC' AS TIMESTAMP),
  CAST(CAST($9 AS TIMESTAMPTZ) AT TIME ZONE 'UTC' AS TIMESTAMP), $10, $11, $12, $13, $14, $15)`;

const runCells = (run: RunManifest): Cell[] => [
  run.id,
  run.suite,
  run.target,
  run.line,
  run.time,
  run.seed,
  run.faults.join(', '),
  run.startedAt,
  run.finishedAt ?? null,
  run.gitCommit ?? null,
  run.configHash,
  run.calls.length,
  JSON.stringify(run.host),
  JSON.stringify(run.versions),
  [run.manners ?? '', makeupText(run.makeup ?? {})].filter(Boolean).join(', '),
];

const calibrationCells = (run: string, row: CalibrationRow): Row => [
  run,
  row.line,
  row.codec,
  row.snrDb,
  row.jitterMs,
  row.loss,
  row.skewPpm,
  row.metric,
  row.n,
  row.biasMs,
  row.medianAbsMs,
  row.p95AbsMs,
  row.maxAbsMs,
  row.missed,
  row.silence,
  row.newSources,
  row.sdMs,
  row.notKept,
];

const tableCells = (run: string, table: CalibrationTable): Row => [
  run,
  table.line,
  table.codec,
  table.snrDb,
  table.jitterMs,
  table.loss,
  table.skewPpm,
  table.silence,
  table.newSources,
  table.judged,
  table.hit,
  table.missed,
  table.falseAlarm,
  table.rejected,
];

const faultCells = (run: string, { fault, metric, trials, detected, expected, shown }: FaultRow): Row => [
  run,
  fault,
  metric,
  trials,
  detected,
  expected,
  shown?.call ?? null,
  shown?.at ?? null,
];

/** Statements that only look. */
const LOOKING: readonly StatementType[] = [StatementType.SELECT, StatementType.EXPLAIN];

async function readOnlyRows(
  connection: DuckDBConnection,
  sql: string,
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  try {
    const statements = await connection.extractStatements(sql);
    if (statements.count !== 1) throw new UsageError('hangup sql takes one statement; write one SELECT');
    const statement = await statements.prepare(0);
    if (!LOOKING.includes(statement.statementType)) {
      throw new UsageError('hangup sql only reads; write a SELECT (see hangup sql "show tables")');
    }
    return plainRows(await statement.runAndReadAll());
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`the SQL does not run: ${(error as Error).message.split('\n\n')[0]}; mend it and try again`);
  }
}

/** JSON rows in which a count is a number: DuckDB writes its wide integers as strings. */
function plainRows(reader: DuckDBResultReader): readonly Readonly<Record<string, unknown>>[] {
  const wide = reader.deduplicatedColumnNames().filter((_, index) => WIDE.includes(reader.columnTypeId(index)));
  return reader.getRowObjectsJson().map((row) => {
    const plain: Record<string, unknown> = { ...row };
    for (const name of wide) {
      const value = plain[name];
      if (value !== null && Number.isSafeInteger(Number(value))) plain[name] = Number(value);
    }
    return plain;
  });
}

const WIDE: readonly DuckDBTypeId[] = [DuckDBTypeId.BIGINT, DuckDBTypeId.UBIGINT, DuckDBTypeId.HUGEINT];
