import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Score, ScoredCall } from '../../../harness/model/metric.ts';
import type { Plan, PlannedLine, PlannedStimulus } from '../../../harness/model/plan.ts';
import { openStore } from '../../../metrics/store/store.ts';
import { jsonReport } from '../../../reports/json.ts';
import { makeTables, TABLES } from '../../../reports/tables.ts';
import type { Table } from '../../../reports/tables.ts';
import { printTable } from '../../../reports/tables/print.ts';
import { textReport } from '../../../reports/text.ts';
import { sampleCall, sampleExtra, samplePlan, sampleRun, sampleScore } from '../store/sample.ts';
import { MAYA, METRONOME, reportOf } from './sample.ts';

const stimulus = (id: string, offsetMs: number, aim?: 'breath'): PlannedStimulus => ({
  id,
  kind: 'interruption',
  trigger: { line: '', utterance: 1, offsetMs, ...(aim ? { aim } : {}) },
  sham: false,
  pieces: [{ say: 'wait' }],
  manner: {},
  facts: {},
  takesFloor: true,
});

const call = (id: string, scores: readonly Score[], plan: Partial<Plan> = {}): ScoredCall =>
  sampleCall(id, 'passed', scores, { plan });

function table(name: string, calls: readonly ScoredCall[]): Table {
  const [made] = makeTables([name], calls);
  if (!made) throw new Error(`no table ${name}`);
  return made;
}

/** The cells of the first row whose first cells are `names`, by column. */
function row({ columns, rows }: Table, ...names: readonly string[]): Record<string, unknown> {
  const found = rows.find((cells) => names.every((name, i) => cells[i] === name));
  return Object.fromEntries(columns.map(({ name }, i) => [name, found?.[i]]));
}

const latencies = (count: number): readonly ScoredCall[] =>
  Array.from({ length: count }, (_, i) => call(`c${i}`, [sampleScore('turn_latency', 200 + i, { of: 'day' })]));

test.each([
  [71, false, false],
  [72, true, false],
  [367, true, false],
  [368, true, true],
])('of %d replies no percentile is printed that they cannot bear', (count, p95, p99) => {
  const seen = row(table('turns', latencies(count)), 'its first sound');
  expect(seen['n']).toBe(count);
  expect([seen['p95'] !== null, seen['p99'] !== null]).toEqual([p95, p99]);
});

test('neither a call that was our own fault nor the metronome gets into a table', () => {
  const spoilt = sampleCall('s', 'invalid', [sampleScore('turn_latency', 9000)]);
  expect(row(table('turns', [...latencies(3), spoilt, METRONOME]), 'its first sound')['n']).toBe(3);
});

test('an interruption counts where it was meant to fall, and by how long it sounded', () => {
  const scored = (of: string, value: number, lasts: number): readonly Score[] => [
    sampleScore('yield_rate', value, { of, class: 'interruption' }),
    sampleScore('stop_time', 100, { of, class: 'interruption', censored: value === 0 }),
    sampleScore('yield_by_length', value, { of, class: 'interruption', dose: lasts }),
  ];
  const stimuli = [stimulus('a', 150), stimulus('b', 1100, 'breath'), stimulus('c', 700)];
  const made = table('interruptions', [
    call('x', [...scored('a', 1, 300), ...scored('b', 0, 900), ...scored('c', 1, 2500)], { stimuli }),
  ]);
  expect(row(made, 'all', '')).toMatchObject({ n: 3, 'let in': 2 });
  expect(row(made, 'moment', 'in its first 300 ms')).toMatchObject({ n: 1, 'let in': 1 });
  expect(row(made, 'moment', 'at a breath of the greeting')).toMatchObject({ n: 1, 'let in': 0 });
  expect(row(made, 'length', 'up to 0.5 s')).toMatchObject({ n: 1 });
  expect(row(made, 'length', 'over 2 s')).toMatchObject({ n: 1, 'stop p50': null, 'stop p95': null });
  expect(made.remarks.filter((remark) => remark.startsWith('not let in: x at 0:14.2'))).toHaveLength(1);
});

test('a sham is shown beside what was really played, never among it', () => {
  const sounds = [
    sampleScore('false_barge_in', 0.5, { class: 'laugh', note: 'stumbled over the laugh' }),
    sampleScore('false_barge_in', 0, { class: 'laugh' }),
    sampleScore('false_barge_in', 1, { class: 'sham:laugh' }),
    sampleScore('hiccup', 1, { class: 'laugh' }),
    sampleScore('hiccup', 0, { class: 'laugh' }),
    sampleScore('hiccup_length', 1200, { class: 'laugh' }),
  ];
  const made = table('sounds', [call('x', sounds)]);
  expect(row(made, 'kind', 'laugh')).toMatchObject({
    n: 2,
    stopped: 0.5,
    share: 0.25,
    shams: 1,
    'by chance': 1,
    hiccups: 1,
    'hiccup share': 0.5,
    longest: 1200,
    'silent p95': null,
  });
  expect(made.remarks).toEqual(['stumbled: x at 0:14.2: stumbled over the laugh']);
});

const line = (id: string, pauseMs: number): PlannedLine => ({
  id,
  topic: id,
  pieces: [{ say: 'thursday' }, { pauseMs, why: 'breath' }, { say: 'no, tuesday' }],
  manner: {},
  facts: { day: 'tuesday' },
  takesBack: { day: 'thursday' },
  again: [],
  onAgenda: true,
});

test('a correction after a pause that was cut into is followed to the office', () => {
  const cutInto = (id: string, won: number, pauseMs: number): ScoredCall =>
    call(
      id,
      [
        sampleScore('cut_in', 1, { of: 'day', class: 'after-value' }),
        sampleScore('cut_in', 0, { of: 'phone', class: 'pause' }),
        sampleScore('pause_tolerance', 0, { of: 'phone', class: 'pause', dose: 640 }),
        sampleScore('change_of_mind', won, { of: 'day', class: 'in-turn' }),
      ],
      { lines: [line('day', pauseMs)] },
    );
  const made = table('pauses', [cutInto('x', 1, 220), cutInto('y', 0, 900)]);
  expect(made.remarks).toContain('cut into after a complete value, the correction still won in 1 of 2');
  expect(row(made, 'after a complete value', '850 to 1000 ms')).toMatchObject({ n: 1, 'cut into': 1 });
  expect(row(made, 'inside something unfinished', '500 to 700 ms')).toMatchObject({ n: 2, 'cut into': 0 });
});

test('a fact that did not travel is listed with where it got lost', () => {
  const lost = sampleScore('context_recall', 0, { of: 'name', note: 'name missing', cause: 'slot' });
  const made = table('handoffs', [
    call('x', [sampleScore('handoff_decision', 1), lost], { scenario: 'bill-question', desks: 'busy' }),
    call('y', [sampleScore('handoff_decision', 1), sampleScore('context_recall', 1)], { scenario: 'bill-question' }),
  ]);
  expect(row(made, 'bill-question', 'busy')).toMatchObject({ calls: 1, 'decided right': '1 of 1', recall: '0 of 1' });
  expect(row(made, 'bill-question', 'answer')).toMatchObject({ recall: '1 of 1', 'back within': null });
  expect(made.remarks).toEqual(['missed (slot): x at 0:14.2: name missing']);
});

test('every table of nothing is empty, and says nothing that is not so', () => {
  for (const made of makeTables([...TABLES.keys()], [])) {
    expect(JSON.stringify(made)).not.toMatch(/NaN|undefined|Infinity/);
    expect(printTable(made)).not.toMatch(/NaN|undefined|Infinity/);
  }
});

test('a run whose suite asks for tables has them in its text and its JSON; another does not', () => {
  const plain = reportOf([MAYA, METRONOME]);
  const asked = { ...plain, tables: makeTables(['interruptions'], plain.calls) };
  expect(textReport(asked)).toMatch(/Does it stop for her\?\n.*let in/);
  expect(jsonReport(asked).tables?.[0]).toMatchObject({ name: 'interruptions', asks: 'Does it stop for her?' });
  expect(textReport(plain)).not.toContain('Does it stop for her?');
  expect(jsonReport(plain).tables).toBeUndefined();
  expect(() => makeTables(['moods'], [])).toThrow(/"moods".*turns/);
});

test('a table does not disagree with the store', async () => {
  const calls = [MAYA, ...latencies(6)];
  const folder = mkdtempSync(join(tmpdir(), 'hangup-tables-'));
  const store = await openStore(join(folder, 'hangup.duckdb'), 'write');
  try {
    await store.addRun(
      sampleRun(
        'r1',
        calls.map(({ head }) => head.id),
      ),
    );
    for (const one of calls) await store.addCall('r1', one, sampleExtra);
    const stored = await store.query('SELECT metric, n, mean FROM run_metrics ORDER BY metric');
    const of = (metric: string) => stored.find((found) => found['metric'] === metric);
    expect(row(table('turns', calls), 'its first sound')['n']).toBe(of('turn_latency')?.['n']);
    const all = row(table('interruptions', calls), 'all', '');
    expect(all['n']).toBe(of('yield_rate')?.['n']);
    expect(all['share']).toBeCloseTo(Number(of('yield_rate')?.['mean']), 3);
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a plan without a stimulus of that name puts an interruption in no moment, and loses none', () => {
  const made = table('interruptions', [
    call('x', [sampleScore('yield_rate', 1, { of: 'unknown', class: 'interruption' })], samplePlan('x')),
  ]);
  expect(row(made, 'all', '')['n']).toBe(1);
  expect(made.rows.filter(([by]) => by === 'moment')).toEqual([]);
});
