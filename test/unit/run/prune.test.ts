import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore } from '../../../metrics/store/store.ts';
import { removable, remove, runsIn, sizeOf } from '../../../harness/run/prune.ts';
import type { KeptRun } from '../../../harness/run/prune.ts';
import { CARLA } from '../reports/sample.ts';
import { sampleRun } from '../store/sample.ts';

let out = '';
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'hangup-prune-'));
});
afterEach(() => rmSync(out, { recursive: true, force: true }));

/** Runs of a suite, the last one made today. */
const nights = (suite: string, ages: readonly number[], target = 'reference'): readonly KeptRun[] =>
  ages.map((ageDays) => ({
    manifest: { ...sampleRun(`${suite}-${ageDays}`), suite, target },
    ageDays,
    baseline: false,
  }));
const ids = (runs: readonly KeptRun[]): readonly string[] => runs.map(({ manifest }) => manifest.id);

test('the last run of a suite and agent is never removed, however old', () => {
  const runs = [...nights('weekly', [400, 300]), ...nights('nightly', [9, 2, 1])];
  expect(ids(removable(runs, { keep: 1, olderDays: undefined }))).toEqual(['weekly-400', 'nightly-9', 'nightly-2']);
  expect(ids(removable(runs, { keep: 0, olderDays: undefined }))).toEqual(['weekly-400', 'nightly-9', 'nightly-2']);
  expect(removable([...nights('demo', [3]), ...nights('demo', [1], 'sip:a@b')], { keep: 1, olderDays: 0 })).toEqual([]);
});

test('a baseline stays', () => {
  const runs = nights('nightly', [9, 5, 1]).map((run) => ({ ...run, baseline: run.ageDays === 9 }));
  expect(ids(removable(runs, { keep: 1, olderDays: undefined }))).toEqual(['nightly-5']);
});

test('a number and an age must both hold', () => {
  const runs = nights('nightly', [30, 20, 10, 1]);
  expect(ids(removable(runs, { keep: 2, olderDays: 25 }))).toEqual(['nightly-30']);
  expect(ids(removable(runs, { keep: 3, olderDays: 5 }))).toEqual(['nightly-30']);
});

test('a removed run is gone from the store too, and its sound alone leaves the scores', async () => {
  const made = ['old', 'new'].map((id, n) => ({
    ...sampleRun(id, ['carla-bill-1']),
    startedAt: `2026-11-2${n}T00:00:00Z`,
  }));
  const store = await openStore(join(out, 'hangup.duckdb'), 'write');
  for (const manifest of made) {
    const call = join(out, manifest.id, 'calls/carla-bill-1');
    mkdirSync(call, { recursive: true });
    writeFileSync(join(out, manifest.id, 'manifest.json'), JSON.stringify(manifest));
    writeFileSync(join(call, 'audio.wav'), 'sound');
    writeFileSync(join(call, 'scores.json'), '{}');
    await store.addRun(manifest);
    await store.addCall(manifest.id, CARLA, { durationMs: 1, turns: [], reactions: [] });
  }
  await store.close();
  const runs = runsIn(out);
  expect(ids(runs)).toEqual(['old', 'new']);
  const [old] = runs;
  if (!old) throw new Error('there is a run');
  expect(sizeOf(out, old, 'audio')).toBe(5);
  await remove(out, [old], 'audio');
  expect(existsSync(join(out, 'old/calls/carla-bill-1/audio.wav'))).toBe(false);
  expect(existsSync(join(out, 'old/calls/carla-bill-1/scores.json'))).toBe(true);
  await remove(out, [old], 'runs');
  expect(existsSync(join(out, 'old'))).toBe(false);
  const left = await openStore(join(out, 'hangup.duckdb'), 'read');
  expect(await left.query('SELECT run_id FROM runs UNION ALL SELECT run_id FROM calls')).toEqual([
    { run_id: 'new' },
    { run_id: 'new' },
  ]);
  await left.close();
});
