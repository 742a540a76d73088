import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCalls } from '../../../harness/run/run.ts';
import type { RunAsk } from '../../../harness/run/run.ts';
import { readManifest } from '../../../harness/run/journal.ts';
import { samplePlan, sampleRun } from '../store/sample.ts';
import { refusing } from './refusing.ts';

let out = '';
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'hangup-limits-'));
});
afterEach(() => rmSync(out, { recursive: true, force: true }));

const plans = Array.from({ length: 8 }, (_, n) => samplePlan(`call-${n + 1}`));

const ask = (changes: Partial<RunAsk> = {}): RunAsk => ({
  manifest: {
    ...sampleRun(
      'limited',
      plans.map(({ id }) => id),
    ),
    target: 'sip:agent@127.0.0.1',
    gates: [],
  },
  plans,
  out,
  jobs: 1,
  maxMinutes: undefined,
  signal: new AbortController().signal,
  progress: { step: () => {}, began: () => {}, ended: () => {}, note: () => {} },
  ...changes,
});

const outcomes = (report: Awaited<ReturnType<typeof runCalls>>): readonly string[] =>
  report.calls.map(({ outcome }) => outcome);

test('a run stops after five refusals of one kind; what was not placed is not run, and nothing measured is no verdict', async () => {
  const report = await runCalls(
    ask(),
    refusing(() => 'busy', 1),
  );
  expect(outcomes(report)).toEqual([...Array<string>(5).fill('failed'), ...Array<string>(3).fill('not-run')]);
  expect(report.calls[7]?.reasons[0]).toMatch(/^5 calls in a row came to nothing/);
  expect(report.verdict).toBe('invalid');
  expect(readManifest(join(out, 'limited')).stopped).toMatch(/^5 calls in a row/);
});

test('refusals of changing kinds do not stop it', async () => {
  const report = await runCalls(
    ask(),
    refusing((n) => (n % 4 === 0 ? 'no-answer' : 'busy'), 1),
  );
  expect(outcomes(report)).toEqual(Array<string>(8).fill('failed'));
  expect(readManifest(join(out, 'limited'))).not.toHaveProperty('stopped');
});

test('when the minutes are over in mid-run the rest is not run, and a run that goes on places it', async () => {
  const slow = refusing((n) => (n % 2 === 0 ? 'busy' : 'no-answer'), 60);
  const report = await runCalls(ask({ maxMinutes: 0.002 }), slow);
  const placed = outcomes(report).filter((outcome) => outcome === 'failed').length;
  expect(placed).toBeGreaterThan(0);
  expect(placed).toBeLessThan(8);
  expect(outcomes(report).slice(placed)).toEqual(Array<string>(8 - placed).fill('not-run'));
  expect(report.calls.at(-1)?.reasons).toEqual(['the 0.002 minutes of --max-minutes were over']);
  const resumed = await runCalls(ask({ manifest: readManifest(join(out, 'limited')) }), slow);
  expect(outcomes(resumed)).toEqual(Array<string>(8).fill('failed'));
  expect(readManifest(join(out, 'limited'))).not.toHaveProperty('stopped');
});
