import { appendFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Fault } from '../../../agent/fault.ts';
import type { Score, ScoredCall } from '../../../harness/model/metric.ts';
import type { RunManifest } from '../../../harness/model/run.ts';
import { chance } from '../../../harness/model/seed.ts';
import { ms } from '../../../harness/model/time.ts';
import { readCall, readScored } from '../../../harness/run/journal.ts';
import type { Measured } from '../../../harness/run/measure.ts';
import { faults, metrics } from '../../../harness/run/registry.ts';
import { BOUNDS } from '../../../harness/run/selftest-bounds.ts';
import { openFindings } from '../../../harness/run/selftest-journal.ts';
import { readCalls } from '../../../harness/run/selftest-judge.ts';
import {
  caughtRows,
  keepMatrix,
  keepShown,
  manifestOfKept,
  SELFTEST,
  selftestBeside,
} from '../../../harness/run/selftest-kept.ts';
import { selftestJson, selftestText } from '../../../harness/run/selftest-report.ts';
import { resultOf } from '../../../harness/run/selftest-result.ts';
import type { SoundTrial } from '../../../harness/run/selftest-result.ts';
import { fitLine } from '../../../harness/run/selftest-slope.ts';
import { sweepResult } from '../../../harness/run/selftest-sweep.ts';
import type { Trial } from '../../../harness/run/selftest-trial.ts';
import { openStore } from '../../../metrics/store/store.ts';
import { sampleCall } from '../store/sample.ts';

const folder = mkdtempSync(join(tmpdir(), 'hangup-selftest-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const measured = await metrics();
const broken = await faults();

const seen = (metric: string, value: number, more: Partial<Score> = {}): Score => ({
  metric,
  value,
  censored: false,
  u: 1,
  at: ms(0),
  of: 'x',
  class: '',
  note: '',
  ...more,
});
const call = (
  scores: readonly Score[],
  outcome: ScoredCall['outcome'] = 'failed',
): Pick<ScoredCall, 'outcome' | 'scores'> => ({
  outcome,
  scores,
});

const trial = (fault: string, red: Record<string, number>, observed: readonly string[] = Object.keys(red)): Trial => ({
  fault,
  trial: 0,
  drawn: 1,
  calls: [{ outcome: 'failed', reasons: [] }],
  observed,
  red,
});
const quiet = (name: string): SoundTrial => ({
  ...trial('', {}, ['turn_latency']),
  calls: [{ outcome: 'passed', reasons: [] }],
  call: name,
});
const slowFault = { breaks: ['turn_latency'], mayMove: ['dead_air'] } as unknown as Fault;

test('every bound is on a metric that exists', () => {
  expect(BOUNDS.map(({ metric }) => metric).filter((name) => !measured.has(name))).toEqual([]);
});

test.each([...broken])(
  '%s turns red only metrics that exist and are bounded, and says which calls show it',
  (_, fault) => {
    const bounded = new Set(BOUNDS.map(({ metric }) => metric));
    expect(fault.breaks.filter((name) => !bounded.has(name))).toEqual([]);
    expect(fault.mayMove.filter((name) => !measured.has(name))).toEqual([]);
    expect(fault.shows.length).toBeGreaterThanOrEqual(1);
    expect(fault.shows.length).toBeLessThanOrEqual(3);
    if (fault.sweep) expect(measured.has(fault.sweep.metric)).toBe(true);
  },
);

test('an invalid call turns nothing red, a doubtful observation neither, and a sham is no reaction', () => {
  const bad = seen('turn_latency', 5000);
  expect(readCalls([call([bad], 'invalid')], measured, BOUNDS)).toEqual({ observed: [], red: {} });
  const doubtful = seen('false_barge_in', 1, { doubt: 'it may have ended by itself' });
  const sham = seen('false_barge_in', 1, { class: 'sham:cough' });
  expect(readCalls([call([doubtful, sham])], measured, BOUNDS)).toEqual({ observed: [], red: {} });
  expect(readCalls([call([bad])], measured, BOUNDS).red['turn_latency']).toBe(5000);
});

test('a reply that never came is no quick reply', () => {
  const never = seen('turn_latency', 400, { censored: true });
  expect(readCalls([call([never])], measured, BOUNDS).red['turn_latency']).toBe(Number.MAX_VALUE);
});

test('a fault that one metric misses in one trial fails the self-test', () => {
  const chosen = new Map([['slow', slowFault]]);
  const caught = [trial('slow', { turn_latency: 1800 }), trial('slow', { turn_latency: 1800, dead_air: 3 })];
  const good = resultOf(chosen, caught, [quiet('a')], [], ['turn_latency', 'echo']);
  expect(good.verdict).toBe('pass');
  expect(good.unmoved).toEqual(['echo']);
  const missed = resultOf(chosen, [...caught, trial('slow', {}, ['turn_latency'])], [quiet('a')], [], []);
  expect(missed.verdict).toBe('fail');
  expect(missed.faults[0]?.detected).toMatchObject({ hits: 2, trials: 3 });
});

test('a metric that moves and must stay fails the self-test', () => {
  const chosen = new Map([['slow', slowFault]]);
  const stray = resultOf(chosen, [trial('slow', { turn_latency: 1800, cut_in: 1 })], [quiet('a')], [], []);
  expect(stray.verdict).toBe('fail');
  expect(selftestText(stray)).toContain('cut_in turned red in 1 and must stay');
});

test('one false alarm of the sound agent fails the self-test; so do calls we spoilt ourselves, and none at all', () => {
  const chosen = new Map([['slow', slowFault]]);
  const caught = [trial('slow', { turn_latency: 1800 })];
  const alarm: SoundTrial = { ...quiet('b'), red: { cut_in: 1 } };
  const alarmed = resultOf(chosen, caught, [quiet('a'), alarm], [], []);
  expect(alarmed.verdict).toBe('fail');
  expect(alarmed.sound.alarmed).toMatchObject({ hits: 1, trials: 2 });
  const spoilt: SoundTrial = { ...quiet('c'), calls: [{ outcome: 'invalid', reasons: ['late'] }] };
  expect(resultOf(chosen, caught, [quiet('a'), spoilt], [], []).verdict).toBe('fail');
  expect(resultOf(chosen, caught, [], [], []).verdict).toBe('fail');
});

test('the JSON document keeps its promised members', () => {
  const chosen = new Map([['slow', slowFault]]);
  const result = resultOf(chosen, [trial('slow', { turn_latency: 1800 })], [quiet('a')], [], ['turn_latency']);
  expect(selftestJson(result)).toMatchObject({
    schema: 'hangup.selftest/1',
    verdict: 'pass',
    faults: [{ name: 'slow', trials: 1, detected: 1, by: ['turn_latency'] }],
    sound: { calls: 1, alarms: 0 },
  });
});

test('a line through noisy points has an interval that holds the truth 95 times in 100', () => {
  const dice = chance(5);
  const held = Array.from({ length: 400 }, () => {
    const points = [100, 300, 500, 700, 900].map((programmed) => ({
      programmed,
      measured: programmed + 20 * dice.normal(),
    }));
    const line = fitLine(points);
    return line !== undefined && line.low <= 1 && line.high >= 1;
  }).filter(Boolean).length;
  expect(held).toBeGreaterThan(400 * 0.92);
  expect(held).toBeLessThan(400 * 0.98);
});

test('an effect that follows its argument at nine tenths is told from one that follows it whole', () => {
  const sweep = { metric: 'turn_latency', args: [100, 300, 500, 700, 900], per: 1, calls: [] };
  const sound = [{ of: '0/0/opening', value: 400, u: 2 }];
  const at = (slope: number): ReturnType<typeof sweepResult> =>
    sweepResult(
      'slow',
      sweep,
      sound,
      sweep.args.map((arg, i) => ({
        arg,
        observed: [{ of: '0/0/opening', value: 400 + slope * arg + (i % 2 === 0 ? 2 : -2), u: 2 }],
      })),
    );
  expect(at(1).ok).toBe(true);
  expect(at(0.9).ok).toBe(false);
  expect(at(1).line?.slope).toBeCloseTo(1, 2);
  expect(sweepResult('slow', sweep, [], []).ok).toBe(false);
});

test('a self-test that goes on places nothing again, and survives a half-written line', async () => {
  const file = join(folder, 'found.jsonl');
  const first = openFindings(file, false);
  expect(await first.get('a', async () => 1)).toBe(1);
  expect(await first.get('b', async () => undefined)).toBeUndefined();
  appendFileSync(file, '["c", {"half');
  const second = openFindings(file, true);
  expect(await second.get('a', async () => 2)).toBe(1);
  expect(await second.get('b', async () => 3)).toBe(3);
  expect(await openFindings(file, false).get('a', async () => 4)).toBe(4);
});

/** A call as it was placed, with 100 ms of silence on both sides. */
function placed(id: string, outcome: ScoredCall['outcome'], scores: readonly Score[]): Measured {
  const scored = sampleCall(id, outcome, scores);
  const silence = new Int16Array(800);
  const tracks = { rate: 8000, caller: silence, callerOrigin: ms(0), agent: silence, maps: [], lost: [] };
  const record = { schema: 'hangup.call/1', head: scored.head, plan: scored.plan, events: [], tracks, desk: undefined };
  return { record, activity: { schema: 'hangup.activity/1' }, view: {}, scored } as unknown as Measured;
}

test('of the calls of a broken agent those are kept that show it at its worst, under names of their own', () => {
  const run = join(folder, 'kept');
  const calls = [
    placed('maya-1', 'passed', [seen('turn_latency', 900, { at: ms(100) }), seen('yield_rate', 1)]),
    placed('maya-1', 'failed', [
      seen('turn_latency', 1800, { at: ms(4200) }),
      seen('turn_latency', 5000, { doubt: 'she may have spoken' }),
      seen('turn_latency', 6000, { class: 'sham:cough' }),
    ]),
    placed('maya-1', 'invalid', [seen('turn_latency', 9000)]),
    placed('maya-1', 'failed', [seen('yield_rate', 0, { at: ms(7000) })]),
  ];
  expect(keepShown(run, 'slow', calls, ['turn_latency', 'yield_rate', 'echo'], measured)).toEqual({
    turn_latency: { call: 'slow-2', at: 4200 },
    yield_rate: { call: 'slow-4', at: 7000 },
  });
  expect([1, 2, 3, 4].map((n) => existsSync(join(run, 'calls', `slow-${n}`)))).toEqual([false, true, false, true]);
  expect(readScored(join(run, 'calls/slow-2'))).toMatchObject({ head: { id: 'slow-2' }, plan: { id: 'maya-1' } });
  expect(readCall(join(run, 'calls/slow-2')).tracks.agent).toHaveLength(800);
});

test('a reply that never came shows a fault better than any late one', () => {
  const late = placed('a', 'failed', [seen('turn_latency', 9000)]);
  const never = placed('b', 'failed', [seen('turn_latency', 4000, { censored: true, at: ms(300) })]);
  expect(keepShown(join(folder, 'never'), 'mute', [late, never], ['turn_latency'], measured)).toEqual({
    turn_latency: { call: 'mute-2', at: 300 },
  });
});

const strayTrial: Trial = {
  ...trial('slow', { turn_latency: 1800, dead_air: 3, cut_in: 1 }),
  shown: { turn_latency: { call: 'slow-1', at: 4200 } },
};
const bothTrials = resultOf(
  new Map([['slow', slowFault]]),
  [strayTrial, trial('slow', {}, ['turn_latency'])],
  [quiet('a'), { ...quiet('b'), red: { turn_latency: 900 } }],
  [],
  [],
);

test('the matrix in the store tells what had to turn red from what may and what must not, the sound agent beside it', () => {
  const slow = { fault: 'slow', trials: 2, detected: 1 };
  expect(caughtRows(bothTrials)).toEqual([
    { ...slow, metric: 'turn_latency', expected: 'must', shown: { call: 'slow-1', at: 4200 } },
    { ...slow, metric: 'dead_air', expected: 'may', shown: undefined },
    { ...slow, metric: 'cut_in', expected: 'must-not', shown: undefined },
    { fault: '', metric: 'turn_latency', trials: 2, detected: 1, expected: 'must-not' },
  ]);
});

test('a fault that no trial was made of is not in the matrix', () => {
  expect(
    caughtRows(resultOf(new Map([['slow', slowFault]]), [], [quiet('a')], [], [])).map((row) => row.fault),
  ).toEqual(['']);
});

test('a self-test takes the place of the one before it in the store, and its calls are a run that can be read', async () => {
  const out = join(folder, 'out');
  keepShown(
    join(out, SELFTEST),
    'slow',
    [placed('a', 'failed', [seen('turn_latency', 1800)])],
    ['turn_latency'],
    measured,
  );
  const manifest: RunManifest = manifestOfKept({ seed: 1, jobs: 1 }, [], ['slow']);
  await keepMatrix(out, manifest, resultOf(new Map([['deaf', slowFault]]), [trial('deaf', {})], [quiet('a')], [], []));
  await keepMatrix(out, manifest, bothTrials);
  const store = await openStore(join(out, 'hangup.duckdb'), 'read');
  const found = await store.query(
    "SELECT DISTINCT run_id, suite, faults, call_id FROM faults_caught JOIN runs USING (run_id) WHERE expected = 'must'",
  );
  await store.close();
  expect(found).toEqual([{ run_id: 'selftest', suite: 'selftest', faults: 'slow', call_id: 'slow-1' }]);
  const kept = selftestBeside(join(out, 'demo-1'), measured);
  expect(kept?.calls.map(({ head, outcome }) => [head.id, outcome])).toEqual([['slow-1', 'failed']]);
  expect(selftestBeside(join(folder, 'elsewhere/demo-1'), measured)).toBeUndefined();
});
