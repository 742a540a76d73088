import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore } from '../../metrics/store/store.ts';
import { stageSums } from '../../metrics/turns/stage-sum.ts';
import type { RunManifest } from '../../harness/model/run.ts';
import type { RunReport } from '../../reports/report.ts';
import { callFolder, callsIn, readManifest } from '../../harness/run/journal.ts';
import { remeasure } from '../../harness/run/measure.ts';
import { perform } from '../../harness/run/perform.ts';
import { plansOf } from '../../harness/run/plans.ts';
import type { Progress } from '../../harness/run/progress.ts';
import { metrics } from '../../harness/run/registry.ts';
import { loadSuite } from '../../harness/run/suite.ts';
import { speechRegions } from '../../harness/speech/vad.ts';

const folder = mkdtempSync(join(tmpdir(), 'hangup-pass-'));
const quiet: Progress = { step: () => {}, began: () => {}, ended: () => {}, note: () => {} };
const scoresOf = (run: string): readonly string[] =>
  callsIn(run).map((call) => readFileSync(join(callFolder(run, call), 'scores.json'), 'utf8'));

async function virtualRun(out: string, resumed?: RunManifest): Promise<RunReport> {
  const loaded = await loadSuite('demo');
  const all = await plansOf(loaded, { seed: undefined, trials: undefined, only: undefined });
  const plans = all.filter(({ id }) => id === 'metronome-1' || id.startsWith('plain-paula-price'));
  return perform({
    suite: loaded.suite,
    seed: loaded.suite.seed,
    venue: { target: 'reference', line: 'loopback', time: 'virtual', faults: [], earWorkers: 1, allow: [] },
    beside: undefined,
    ...(resumed ? { resumed } : {}),
    plans,
    out: join(folder, out),
    jobs: 2,
    maxMinutes: undefined,
    signal: new AbortController().signal,
    progress: quiet,
  });
}

let first: RunReport;
beforeAll(async () => {
  first = await virtualRun('first');
}, 240_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the instrument that measures the agent is off by no more than it claims', () => {
  expect(first.calibration.verdict).toBe('pass');
  const latency = first.calibration.rows.find((row) => row.metric === 'turn_latency');
  expect(latency?.n).toBeGreaterThanOrEqual(5);
  expect(latency?.medianAbsMs).toBeLessThanOrEqual(2);
  expect(latency?.p95AbsMs).toBeLessThanOrEqual(10);
});

test('a call to the sound agent is measured, not lost', () => {
  const call = first.calls.find(({ plan }) => plan.persona === 'plain-paula');
  expect(call?.outcome, call?.reasons.join('; ')).toBe('passed');
  const replies = call?.scores.filter(({ metric, censored }) => metric === 'turn_latency' && !censored) ?? [];
  expect(replies.length).toBeGreaterThanOrEqual(2);
});

test("the agent's stages come to the wait that the wire has, reply by reply", () => {
  const sums = first.calls.flatMap(({ scores, plan }) => (plan.metronome ? [] : stageSums(scores)));
  expect(sums.length).toBeGreaterThanOrEqual(2);
  for (const { waitMs, sumMs, u, of } of sums) expect(Math.abs(waitMs - sumMs), of).toBeLessThanOrEqual(5 + u);
});

test('scoring a stored run again changes no byte of its scores', async () => {
  const before = scoresOf(first.paths.run);
  await remeasure(first.paths.run, { metrics: await metrics(), regions: speechRegions }, () => {});
  expect(scoresOf(first.paths.run)).toEqual(before);
});

test('the same seed in virtual time gives the same bytes of scores', async () => {
  const second = await virtualRun('second');
  expect(scoresOf(second.paths.run)).toEqual(scoresOf(first.paths.run));
}, 240_000);

test('a run that goes on after its store was lost has all its calls in the store again', async () => {
  rmSync(join(folder, 'first', 'hangup.duckdb'));
  const before = scoresOf(first.paths.run);
  const resumed = await virtualRun('first', readManifest(first.paths.run));
  expect(resumed.calls.map(({ outcome }) => outcome)).toEqual(first.calls.map(({ outcome }) => outcome));
  expect(scoresOf(first.paths.run)).toEqual(before);
  const store = await openStore(join(folder, 'first', 'hangup.duckdb'), 'read');
  const calls = await store.callsOf(resumed.manifest.id);
  const turns = await store.query('select count(*)::integer as n from turns');
  await store.close();
  expect([...calls].sort()).toEqual([...callsIn(first.paths.run)].sort());
  expect(turns[0]?.['n']).toBeGreaterThan(0);
}, 120_000);

test('every score of a run can be asked for in SQL', async () => {
  const store = await openStore(join(folder, 'first', 'hangup.duckdb'), 'read');
  try {
    const rows = await store.query('select count(*)::integer as n from scores');
    const scores = first.calls.reduce((sum, call) => sum + call.scores.length, 0);
    expect(rows[0]?.['n']).toBe(scores);
  } finally {
    await store.close();
  }
});
