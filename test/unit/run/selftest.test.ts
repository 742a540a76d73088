import { mkdtempSync, rmSync, appendFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Fault } from '../../../agent/fault.ts';
import type { Score, ScoredCall } from '../../../harness/model/metric.ts';
import { chance } from '../../../harness/model/seed.ts';
import { ms } from '../../../harness/model/time.ts';
import { faults, metrics } from '../../../harness/run/registry.ts';
import { BOUNDS } from '../../../harness/run/selftest-bounds.ts';
import { openFindings } from '../../../harness/run/selftest-journal.ts';
import { readCalls } from '../../../harness/run/selftest-judge.ts';
import { selftestJson, selftestText } from '../../../harness/run/selftest-report.ts';
import { resultOf } from '../../../harness/run/selftest-result.ts';
import type { SoundTrial } from '../../../harness/run/selftest-result.ts';
import { fitLine } from '../../../harness/run/selftest-slope.ts';
import { sweepResult } from '../../../harness/run/selftest-sweep.ts';
import type { Trial } from '../../../harness/run/selftest-trial.ts';

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
