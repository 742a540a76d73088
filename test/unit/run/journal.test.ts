import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { callsIn, readCall, readManifest, readScored, writeCall } from '../../../harness/run/journal.ts';
import { sortedJson } from '../../../harness/run/json.ts';
import { mustHaveSamePhones } from '../../../harness/run/same-phones.ts';
import type { Activity } from '../../../harness/model/activity.ts';
import type { ScoredCall } from '../../../harness/model/metric.ts';
import type { CallRecord } from '../../../harness/model/record.ts';
import type { Plan } from '../../../harness/model/plan.ts';
import { ms } from '../../../harness/model/time.ts';

const run = mkdtempSync(join(tmpdir(), 'hangup-journal-'));
afterEach(() => rmSync(join(run, 'calls'), { recursive: true, force: true }));

const head = {
  id: 'a-call',
  plan: 'a-call',
  line: 'loopback',
  timing: 'exact',
  time: 'virtual',
  target: 'reference',
  evidence: ['wire'],
} as const;
const plan = { schema: 'hangup.plan/1', id: 'a-call', seed: 1, metronome: { replyMs: [123.456] } } as unknown as Plan;
const map = { ssrc: 9, from: 0, to: 3, originMs: ms(0.123456), msPerSample: 0.125001 };
const record: CallRecord = {
  schema: 'hangup.call/1',
  head,
  plan,
  events: [{ source: 'wire', kind: 'answered', at: ms(12.5) }],
  tracks: {
    rate: 8000,
    caller: Int16Array.from([1, -2, 3]),
    callerOrigin: ms(0),
    agent: Int16Array.from([4, 5, -32768]),
    maps: [map],
    lost: [{ from: 1, to: 2 }],
  },
  desk: undefined,
};
const activity = { schema: 'hangup.activity/1', detector: 'x', agent: [], desk: [] } as unknown as Activity;
const scored: ScoredCall = {
  head,
  plan,
  outcome: 'failed',
  reasons: ['it broke'],
  scores: [],
  notSeen: { a: ['ear'] },
};

test('a kept call comes back as it was, to the last digit of its clock', () => {
  const folder = writeCall(run, record, activity, scored);
  expect(readCall(folder)).toEqual(record);
  expect(readScored(folder)).toEqual(scored);
});

test('what the network did to each packet is kept beside the call', () => {
  const network = [
    { direction: 'out', n: 3, seq: 65_535, lost: true, by: 'loss' },
    { direction: 'in', n: 0, seq: 9, lost: false, heldMs: 12.345, delayMs: 20.1, duplicated: true },
  ] as const;
  const folder = writeCall(run, { ...record, network }, activity, scored);
  expect(readCall(folder)).toEqual({ ...record, network });
  writeCall(run, record, activity, scored);
  expect(existsSync(join(folder, 'network.jsonl'))).toBe(false);
});

test('a call that was being written when the run was killed does not count as finished', () => {
  mkdirSync(join(run, 'calls', '.a-call.part'), { recursive: true });
  writeFileSync(join(run, 'calls', '.a-call.part', 'plan.json'), '{');
  expect(callsIn(run)).toEqual([]);
  writeCall(run, record, activity, scored);
  expect(callsIn(run)).toEqual(['a-call']);
  expect(existsSync(join(run, 'calls', '.a-call.part'))).toBe(false);
});

test('a folder that is no run is refused in one sentence that says what to name', () => {
  expect(() => readManifest(run)).toThrow(/is not a run: it has no manifest.json; name a folder/);
});

test('scores hold nothing that differs between two runs of one seed', () => {
  const folder = writeCall(run, record, activity, scored);
  const stored = readFileSync(join(folder, 'scores.json'), 'utf8');
  expect(Object.keys(JSON.parse(stored) as object)).toEqual(['notSeen', 'outcome', 'reasons', 'schema', 'scores']);
});

test('equal values are equal bytes: keys sorted, numbers at 0.01, no minus zero', () => {
  expect(sortedJson({ b: 1.005001, a: -0.001, c: undefined })).toBe(sortedJson({ a: 0, b: 1.01 }));
});

test('a run is not gone on with behind another network than it was begun on', () => {
  const phone = { codec: 'PCMU', loss: 0.05, burst: 3 } as const;
  const asked = { ...plan, phone } as unknown as Plan;
  writeCall(run, { ...record, plan: asked }, activity, scored);
  expect(() => mustHaveSamePhones(run, [asked])).not.toThrow();
  expect(() => mustHaveSamePhones(run, [{ ...asked, phone: { ...phone, loss: 0.051 } }])).toThrow(
    'give --resume the --codec, --srtp and --network it had',
  );
});
