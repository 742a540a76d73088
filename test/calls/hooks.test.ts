import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { UsageError } from '../../harness/model/errors.ts';
import type { EndedCall, HookCall, Hooks } from '../../harness/model/hooks.ts';
import type { Bound } from '../../harness/model/metric.ts';
import { defineSuite } from '../../harness/model/suite.ts';
import { callFolder, readCall } from '../../harness/run/journal.ts';
import { perform } from '../../harness/run/perform.ts';
import { plansOf } from '../../harness/run/plans.ts';
import type { Progress } from '../../harness/run/progress.ts';
import type { RunReport } from '../../reports/report.ts';
import { receiver } from '../unit/hooks/receiver.ts';

const folder = mkdtempSync(join(tmpdir(), 'hangup-hooks-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const quiet: Progress = { step: () => {}, began: () => {}, ended: () => {}, note: () => {} };
const PRICES = { persona: 'plain-paula', scenario: 'price-and-hours' };

/** A run of `trials` calls in virtual time to the reference agent, with hooks into its world. */
async function run(hooks: Hooks, trials = 1, gates: readonly Bound[] = []): Promise<RunReport> {
  const suite = defineSuite({
    name: 'hooked',
    target: 'reference',
    line: 'loopback',
    seed: 3,
    calls: [{ ...PRICES, trials }],
    metronome: 0,
    jobs: 1,
    gates,
    allow: [],
    ...hooks,
  });
  return perform({
    suite,
    seed: 3,
    venue: { target: 'reference', line: 'loopback', time: 'virtual', faults: [], earWorkers: 1, allow: [] },
    beside: undefined,
    plans: await plansOf({ suite, beside: undefined }, { seed: undefined, trials: undefined, only: undefined }),
    out: folder,
    jobs: 1,
    maxMinutes: undefined,
    signal: new AbortController().signal,
    progress: quiet,
  });
}

const outcomes = ({ calls }: RunReport): string[] => calls.map(({ outcome }) => outcome);

test('each call begins with before and ends with check, which knows who and when and not what is expected', async () => {
  const begun: HookCall[] = [];
  const ended: EndedCall[] = [];
  const report = await run({
    before: (call) => void begun.push(call),
    check: (call) => {
      ended.push(call);
      return { committed: { action: 'book', values: { day: 'tuesday', guests: 2 } }, handedTo: 'billing' };
    },
  });
  const [call] = report.calls;
  const who = { run: report.manifest.id, call: 'plain-paula-price-and-hours-1', ...PRICES, target: 'reference' };
  expect(begun).toEqual([who]);
  expect(ended).toEqual([
    { ...who, startedAt: expect.stringMatching(/^\d{4}-.*Z$/), endedAt: expect.stringMatching(/^\d{4}-.*Z$/) },
  ]);
  expect(call?.head.evidence).toEqual(['wire', 'office', 'claims', 'hooks']);
  expect(call?.reasons.join('\n')).toContain('committed "book", but nothing was to be committed');
  expect(call?.reasons.join('\n')).toContain('handed over a call it should have kept');
  const { events } = readCall(callFolder(report.paths.run, who.call));
  expect(events.filter(({ source }) => source === 'hook')).toMatchObject([
    { kind: 'commit', action: 'book', values: { day: 'tuesday', guests: '2' } },
    { kind: 'handed-to', desk: 'billing' },
  ]);
}, 120_000);

test('a hook that fails costs its call, by name, and the run goes on', async () => {
  const server = await receiver((_, __, response) => void response.writeHead(500).end());
  process.env['HANGUP_HOOK_SECRET'] = 'a secret of the test';
  let before = 0;
  const asked: string[] = [];
  const report = await run(
    {
      before: () => {
        before += 1;
        if (before === 2) throw new Error('the database is down');
      },
      check: (call) => {
        asked.push(call.call);
        return call.call.endsWith('-3') ? Promise.reject(new Error('gone')) : { committed: null };
      },
    },
    4,
  );
  expect(outcomes(report)).toEqual(['passed', 'invalid', 'invalid', 'passed']);
  expect(report.calls[1]?.reasons[0]).toContain(
    'our own fault (hook-failed): the before hook failed: the database is down',
  );
  expect(report.calls[2]?.reasons[0]).toContain('our own fault (hook-failed): the check hook failed: gone');
  expect(before).toBe(4);
  expect(asked.map((id) => id.at(-1))).toEqual(['1', '3', '4']);
  const whole = await run({ check: server.url });
  await server.close();
  delete process.env['HANGUP_HOOK_SECRET'];
  expect(whole.calls[0]?.reasons[0]).toContain(`the check hook ${server.url} answered 500`);
  expect(whole.verdict).toBe('invalid');
}, 240_000);

test('where the very first reset fails nobody is called', async () => {
  const failing = run({ before: () => Promise.reject(new Error('the database is down')) }, 2);
  await expect(failing).rejects.toThrow(UsageError);
  await expect(failing).rejects.toThrow(/the before hook failed: the database is down; no call was placed/);
}, 120_000);

test('a hook cannot send a call to a host nobody allowed', async () => {
  const sent = run({ before: () => ({ address: 'sip:premium@198.51.100.7' }) });
  await expect(sent).rejects.toThrow(
    /sip:premium@198\.51\.100\.7, which is not at the host of reference; add its host/,
  );
}, 120_000);
