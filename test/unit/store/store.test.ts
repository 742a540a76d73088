import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ORDINARY } from '../../../harness/model/metronome.ts';
import { openStore } from '../../../metrics/store/store.ts';
import type { Store } from '../../../metrics/store/store.ts';
import { migrations } from '../../../metrics/store/schema.ts';
import { sampleCall, sampleExtra, samplePlan, sampleRun, sampleScore } from './sample.ts';

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hangup-store-'));
  path = join(folder, 'hangup.duckdb');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function filled(): Promise<Store> {
  const store = await openStore(path, 'write');
  await store.addRun(sampleRun('r1', ['a', 'b']));
  await store.addCall('r1', sampleCall('a', 'passed', [sampleScore('turn_latency', 312.5)]), sampleExtra);
  await store.addCall(
    'r1',
    sampleCall('b', 'failed', [sampleScore('turn_latency', 900), sampleScore('turn_latency', 1)], {
      reasons: ['the agent talked over her at 0:14.2'],
    }),
    sampleExtra,
  );
  return store;
}

test('a call that is written can be asked for, to the last number', async () => {
  const store = await filled();
  expect(await store.query('SELECT run_id, seed, planned, started_at::VARCHAR AS started FROM runs')).toEqual([
    { run_id: 'r1', seed: 4_000_000_000, planned: 2, started: '2026-11-22 10:15:00.25' },
  ]);
  expect(await store.query("SELECT outcome, reason, duration_ms FROM calls WHERE call_id = 'b'")).toEqual([
    { outcome: 'failed', reason: 'the agent talked over her at 0:14.2', duration_ms: 21_000 },
  ]);
  expect(await store.query("SELECT turn, latency_ms, wait_ended FROM turns WHERE call_id = 'a' ORDER BY turn")).toEqual(
    [
      { turn: 1, latency_ms: 312.5, wait_ended: 'reply' },
      { turn: 2, latency_ms: null, wait_ended: 'limit' },
    ],
  );
  expect(await store.query("SELECT kind, stop_ms FROM stimuli WHERE call_id = 'a'")).toEqual([
    { kind: 'interruption', stop_ms: 200 },
  ]);
  expect(await store.query("SELECT stage, lasted_ms FROM stages WHERE call_id = 'a'")).toEqual([
    { stage: 'brain', lasted_ms: 10 },
  ]);
  await store.close();
});

test('a handoff that was due keeps its truth beside what was measured', async () => {
  const store = await openStore(path, 'write');
  const plan = samplePlan('c', { expect: { handoff: { truth: 'must', desk: 'billing', facts: ['name', 'phone'] } } });
  const scores = [sampleScore('handoff_decision', 1), sampleScore('context_recall', 0.5)];
  await store.addCall('r1', sampleCall('c', 'passed', scores, { plan }), sampleExtra);
  expect(await store.query('SELECT truth, desk, facts, decision, route, recall FROM handoffs')).toEqual([
    { truth: 'must', desk: 'billing', facts: 'name, phone', decision: 1, route: null, recall: 0.5 },
  ]);
  await store.close();
});

test('scoring a run again replaces its calls and leaves other runs alone', async () => {
  const store = await filled();
  await store.addRun(sampleRun('r2', ['a']));
  await store.addCall('r2', sampleCall('a', 'passed', []), sampleExtra);
  await store.addCall('r1', sampleCall('a', 'invalid', []), sampleExtra);
  await store.addRun({ ...sampleRun('r1', ['a', 'b']), finishedAt: '2026-11-22T10:17:00.000Z' });
  expect(await store.query('SELECT run_id, call_id, outcome FROM calls ORDER BY ALL')).toEqual([
    { run_id: 'r1', call_id: 'a', outcome: 'invalid' },
    { run_id: 'r1', call_id: 'b', outcome: 'failed' },
    { run_id: 'r2', call_id: 'a', outcome: 'passed' },
  ]);
  expect(await store.query("SELECT count(*) AS n FROM scores WHERE call_id = 'a'")).toEqual([{ n: 0 }]);
  expect(await store.query('SELECT count(*) AS n FROM runs')).toEqual([{ n: 2 }]);
  await store.removeRun('r1');
  expect(await store.query('SELECT DISTINCT run_id FROM turns')).toEqual([{ run_id: 'r2' }]);
  await store.close();
});

test('calls that end at the same moment do not share a transaction', async () => {
  const store = await openStore(path, 'write');
  const ids = Array.from({ length: 20 }, (_, n) => `call-${n}`);
  await Promise.all(ids.map((id) => store.addCall('r1', sampleCall(id, 'passed', []), sampleExtra)));
  expect(await store.query('SELECT count(*) AS n FROM calls')).toEqual([{ n: 20 }]);
  await store.close();
});

test('a call that cannot be written leaves no half of itself, and the store goes on', async () => {
  const store = await filled();
  // The scores are the last of its tables.
  const broken = sampleCall('x', 'passed', [sampleScore('turn_latency', JSON.parse('null'))]);
  await expect(store.addCall('r1', broken, sampleExtra)).rejects.toThrow(/NOT NULL/);
  expect(await store.query("SELECT count(*) AS n FROM turns WHERE call_id = 'x'")).toEqual([{ n: 0 }]);
  await store.addCall('r1', sampleCall('x', 'passed', []), sampleExtra);
  expect(await store.query("SELECT count(*) AS n FROM turns WHERE call_id = 'x'")).toEqual([{ n: 2 }]);
  await store.close();
});

test('a p95 of a handful of replies is not shown, and shams, metronomes and invalid calls are no replies', async () => {
  const store = await filled();
  const metronome = samplePlan('m', { metronome: { conditions: ORDINARY, sounds: 'edges' } });
  await store.addCall(
    'r1',
    sampleCall('m', 'passed', [sampleScore('turn_latency', 5)], { plan: metronome }),
    sampleExtra,
  );
  await store.addCall('r1', sampleCall('i', 'invalid', [sampleScore('turn_latency', 5)]), sampleExtra);
  const sham = sampleScore('turn_latency', 5, { class: 'sham:interruption' });
  await store.addCall('r1', sampleCall('s', 'passed', [sham]), sampleExtra);
  const seen = "SELECT n, censored, p50, p95 FROM run_metrics WHERE metric = 'turn_latency'";
  expect(await store.query(seen)).toEqual([{ n: 3, censored: 0, p50: 312.5, p95: null }]);
  const many = Array.from({ length: 72 }, (_, n) => sampleScore('turn_latency', n));
  await store.addCall('r1', sampleCall('n', 'passed', many), sampleExtra);
  expect((await store.query(seen))[0]?.['p95']).toBeGreaterThan(60);
  const worst = await store.query('SELECT call_id, slowest_reply_ms FROM worst_calls LIMIT 1');
  expect(worst).toEqual([{ call_id: 'b', slowest_reply_ms: 312.5 }]);
  await store.close();
});

test('scoring a run again replaces its accuracy and what it proved about faults', async () => {
  const store = await openStore(path, 'write');
  const row = {
    line: 'sip',
    codec: 'PCMU',
    snrDb: 40,
    jitterMs: 0,
    loss: 0,
    skewPpm: 0,
    metric: 'turn_latency',
    n: 12,
    biasMs: -0.4,
    medianAbsMs: 0.8,
    p95AbsMs: 3.4,
    maxAbsMs: 4.1,
    missed: 0,
    silence: 'sound',
    newSources: 0,
    sdMs: 1.2,
    notKept: 0,
  } as const;
  const { metric: _metric, n: _n, biasMs: _b, sdMs: _s, medianAbsMs: _m, p95AbsMs: _p, maxAbsMs: _x, ...cell } = row;
  const table = { ...cell, judged: 'yielded', hit: 9, missed: 1, falseAlarm: 0, rejected: 4 } as const;
  await store.addCalibration('r1', [row, { ...row, metric: 'stop_time' }], [table, table]);
  await store.addCalibration('r1', [{ ...row, missed: 1 }], [table]);
  expect(await store.query('SELECT metric, n, sd_ms, p95_abs_ms, missed FROM calibrations')).toEqual([
    { metric: 'turn_latency', n: 12, sd_ms: 1.2, p95_abs_ms: 3.4, missed: 1 },
  ]);
  expect(await store.query('SELECT judged, hit, missed, false_alarm, rejected FROM calibration_tables')).toEqual([
    { judged: 'yielded', hit: 9, missed: 1, false_alarm: 0, rejected: 4 },
  ]);
  const caught = { fault: 'slow', metric: 'turn_latency', trials: 3, detected: 2, expected: 'must' } as const;
  await store.addFaultsCaught('r1', [caught]);
  await store.addFaultsCaught('r1', [{ ...caught, detected: 3, shown: { call: 'slow-1', at: 4200.5 } }]);
  expect(await store.query('SELECT * EXCLUDE run_id FROM faults_caught')).toEqual([
    {
      fault: 'slow',
      metric: 'turn_latency',
      trials: 3,
      detected: 3,
      expected: 'must',
      call_id: 'slow-1',
      at_ms: 4200.5,
    },
  ]);
  await store.removeRun('r1');
  expect(await store.query('SELECT count(*) AS n FROM calibrations')).toEqual([{ n: 0 }]);
  await store.close();
});

test.each([
  ['DELETE FROM runs', /only reads/],
  ["COPY runs TO '/tmp/never.csv'", /only reads/],
  ['SELECT 1; DROP TABLE runs', /one statement/],
  ['SELEC 1', /does not run/],
  ['SELECT nothing FROM runs', /does not run/],
])('hangup sql refuses %s', async (sql, sentence) => {
  const store = await filled();
  await expect(store.query(sql)).rejects.toThrow(sentence);
  expect(await store.query('SELECT count(*) AS n FROM runs')).toEqual([{ n: 1 }]);
  await store.close();
});

test('a reader cannot reach other files', async () => {
  await (await filled()).close();
  const store = await openStore(path, 'read');
  const other = join(folder, 'other.csv');
  writeFileSync(other, 'a,b\n1,2\n');
  await expect(store.query(`SELECT * FROM read_csv('${other}')`)).rejects.toThrow(/disabled/);
  await expect(store.addRun(sampleRun('r9'))).rejects.toThrow(/read-only/);
  await store.close();
});

test('a store held by another process names that process', async () => {
  await (await filled()).close();
  const holder = spawn(process.execPath, ['--input-type=module', '-e', HOLD, path], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await once(holder.stdout, 'data');
  await expect(openStore(path, 'read')).rejects.toThrow(`in use by process ${holder.pid}`);
  holder.stdin.end();
  await once(holder, 'exit');
  const store = await openStore(path, 'read');
  expect(await store.query('SELECT count(*) AS n FROM calls')).toEqual([{ n: 2 }]);
  await store.close();
});

const HOLD = `
import { DuckDBInstance } from '@duckdb/node-api';
const instance = await DuckDBInstance.create(process.argv[1]);
const connection = await instance.connect();
process.stdin.on('end', () => process.exit()).resume();
console.log('held');
`;

test('a call that was committed survives kill -9', async () => {
  const writer = spawn(process.execPath, ['--input-type=module', '-e', CRASH, path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(writer.stdout, 'data');
  writer.kill('SIGKILL');
  await once(writer, 'exit');
  const store = await openStore(path, 'read');
  expect(await store.query('SELECT call_id FROM calls')).toEqual([{ call_id: 'a' }]);
  await store.close();
});

const CRASH = `
const { openStore } = await import(${JSON.stringify(new URL('../../../metrics/store/store.ts', import.meta.url).href)});
const { sampleCall, sampleExtra } = await import(${JSON.stringify(new URL('./sample.ts', import.meta.url).href)});
const store = await openStore(process.argv[1], 'write');
await store.addCall('r1', sampleCall('a', 'passed', []), sampleExtra);
console.log('committed');
setInterval(() => undefined, 1000);
`;

test('files that are not ours, or of a newer Hangup, are left alone with one sentence', async () => {
  await expect(openStore(path, 'read')).rejects.toThrow(/there is no store/);
  writeFileSync(path, 'not a database, by any means'.repeat(400));
  await expect(openStore(path, 'write')).rejects.toThrow(/not a store that this Hangup can read/);
  const theirs = join(folder, 'theirs.duckdb');
  await sqlIn(theirs, 'CREATE TABLE shopping (item VARCHAR)');
  await expect(openStore(theirs, 'write')).rejects.toThrow(/not a store of Hangup/);
  const newer = join(folder, 'newer.duckdb');
  await (await openStore(newer, 'write')).close();
  await sqlIn(newer, 'INSERT INTO schema_version VALUES (99)');
  await expect(openStore(newer, 'write')).rejects.toThrow(/newer Hangup \(layout 99/);
});

test('a store of the layout before doses is brought forward with its scores, and reads them as of no dose', async () => {
  const two = migrations.filter(({ version }) => version <= 2).map(({ sql }) => sql);
  await sqlIn(path, `CREATE TABLE schema_version (version INTEGER NOT NULL); ${two.join('\n')}`);
  await sqlIn(path, 'INSERT INTO schema_version VALUES (1), (2)');
  const old = "('r1', 'a', 'turn_latency', 'reason', 'line-1', 312.5, false, 4, 2500, 'replied')";
  await sqlIn(path, `INSERT INTO scores VALUES ${old}`);
  const store = await openStore(path, 'read');
  expect(await store.query('SELECT value, note, dose FROM scores')).toEqual([
    { value: 312.5, note: 'replied', dose: null },
  ]);
  await store.close();
});

test('a matrix of the layout before kept calls is brought forward as metrics that had to turn red, shown by no call', async () => {
  const three = migrations.filter(({ version }) => version <= 3).map(({ sql }) => sql);
  await sqlIn(path, `CREATE TABLE schema_version (version INTEGER NOT NULL); ${three.join('\n')}`);
  await sqlIn(path, 'INSERT INTO schema_version VALUES (1), (2), (3)');
  await sqlIn(path, "INSERT INTO faults_caught VALUES ('r1', 'slow', 'turn_latency', 3, 2)");
  const store = await openStore(path, 'read');
  expect(await store.query('SELECT detected, expected, call_id, at_ms FROM faults_caught')).toEqual([
    { detected: 2, expected: 'must', call_id: null, at_ms: null },
  ]);
  await store.close();
});

test('the strength of what was answered is kept, and reactions stand beside those to nothing', async () => {
  const store = await openStore(path, 'write');
  const scores = [
    sampleScore('yield_by_length', 1, { class: 'interruption', dose: 812.5 }),
    sampleScore('yield_rate', 1, { class: 'interruption' }),
    sampleScore('yield_rate', 0, { class: 'interruption' }),
    sampleScore('yield_rate', 0, { class: 'sham:interruption' }),
    sampleScore('hiccup', 1, { class: 'cough' }),
  ];
  await store.addCall('r1', sampleCall('a', 'passed', scores), sampleExtra);
  await store.addCall('r1', sampleCall('b', 'invalid', scores), sampleExtra);
  expect(await store.query('SELECT metric, dose FROM observations WHERE dose IS NOT NULL')).toEqual([
    { metric: 'yield_by_length', dose: 812.5 },
  ]);
  expect(await store.query('SELECT * EXCLUDE run_id FROM reactions')).toEqual([
    { metric: 'hiccup', class: 'cough', n: 1, share: 1, shams: 0, by_chance: null },
    { metric: 'yield_rate', class: 'interruption', n: 2, share: 0.5, shams: 1, by_chance: 0 },
  ]);
  await store.close();
});

async function sqlIn(file: string, sql: string): Promise<void> {
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  await connection.run(sql);
  connection.closeSync();
  instance.closeSync();
}
