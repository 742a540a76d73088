import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { main } from '../../../harness/cli/main.ts';
import { runBefore } from '../../../harness/run/before.ts';
import { callFolder, readScored, writeCall, writeManifest } from '../../../harness/run/journal.ts';
import type { Activity } from '../../../harness/model/activity.ts';
import type { CallRecord } from '../../../harness/model/record.ts';
import { ms } from '../../../harness/model/time.ts';
import { CARLA } from '../reports/sample.ts';
import { sampleRun } from '../store/sample.ts';

let out = '';
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'hangup-review-'));
});
afterEach(() => rmSync(out, { recursive: true, force: true }));

const activity = { schema: 'hangup.activity/1', detector: 'x', agent: [], desk: [] } as unknown as Activity;
const sound = {
  rate: 8000,
  caller: new Int16Array(8),
  callerOrigin: ms(0),
  agent: new Int16Array(8),
  maps: [],
  lost: [],
};

/** A stored run of one call. */
function store(id: string, startedAt: string, changes: object = {}): string {
  const run = join(out, id);
  const ending = { by: 'us', reason: 'hung-up', at: ms(12_500), detail: 'BYE' } as const;
  const record: CallRecord = {
    schema: 'hangup.call/1',
    head: CARLA.head,
    plan: CARLA.plan,
    events: [
      { source: 'wire', kind: 'answered', at: ms(500) },
      { source: 'wire', kind: 'ended', at: ms(12_500), ending },
    ],
    tracks: sound,
    desk: undefined,
  };
  writeManifest(run, { ...sampleRun(id, [CARLA.head.id]), startedAt, ...changes });
  writeCall(run, record, activity, CARLA);
  return run;
}

test('a review lies beside its call, is read with it, and a later one replaces it', async () => {
  const run = store('demo-20261122-101500', '2026-11-22T10:15:00Z');
  expect(await main(['review', CARLA.head.id, 'agree', '--out', out])).toBe(0);
  const words = ['--note', 'her cough was cut off', '--out', out];
  expect(await main(['review', `demo-20261122-101500/${CARLA.head.id}`, 'our-fault', ...words])).toBe(0);
  const folder = callFolder(run, CARLA.head.id);
  expect(readScored(folder).review).toEqual({ verdict: 'our-fault', of: 'passed', note: 'her cough was cut off' });
  expect(await main(['review', folder, 'disagree'])).toBe(0);
  expect(readScored(folder).review).toEqual({ verdict: 'disagree', of: 'passed' });
});

test('a call that is not there, or another word, is refused in one sentence', async () => {
  store('demo-20261122-101500', '2026-11-22T10:15:00Z');
  expect(await main(['review', 'nobody-1', 'agree', '--out', out])).toBe(2);
  expect(await main(['review', CARLA.head.id, 'perhaps', '--out', out])).toBe(2);
});

test('how long a call was talked for is known from what was kept of it', () => {
  const run = store('demo-20261122-101500', '2026-11-22T10:15:00Z');
  expect(readScored(callFolder(run, CARLA.head.id)).talkedMs).toBe(12_000);
});

test('a run is held against the last one of its suite and agent, not against a broken agent or another target', () => {
  store('demo-1', '2026-11-20T10:15:00Z');
  store('demo-2', '2026-11-21T10:15:00Z');
  store('demo-3', '2026-11-22T10:15:00Z', { faults: ['mute'] });
  store('demo-4', '2026-11-22T11:15:00Z', { target: 'sip:a@b' });
  mkdirSync(join(out, 'demo-5', 'calls'), { recursive: true });
  const killed = { ...sampleRun('demo-5'), startedAt: '2026-11-22T12:15:00Z' };
  writeFileSync(join(out, 'demo-5', 'manifest.json'), JSON.stringify(killed));
  const own = { ...sampleRun('demo-6'), startedAt: '2026-11-23T10:15:00Z' };
  expect(runBefore(join(out, 'demo-6'), own)?.id).toBe('demo-2');
  expect(runBefore(join(out, 'demo-1'), { ...own, startedAt: '2026-11-20T10:15:00Z' })).toBeUndefined();
});
