import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { UsageError } from '../../../harness/model/errors.ts';
import type { Plan } from '../../../harness/model/plan.ts';
import { callFolder } from '../../../harness/run/journal.ts';
import { armsOfMatrix, checkedMatrix, readMatrix } from '../../../harness/run/matrix.ts';
import { runsOfMatrix } from '../../../harness/run/matrix-runs.ts';
import { inTurn, runTogether } from '../../../harness/run/run.ts';
import type { Lane } from '../../../harness/run/run.ts';
import { loadSuite } from '../../../harness/run/suite.ts';
import { samplePlan, sampleRun } from '../store/sample.ts';
import { refusing } from './refusing.ts';

const names = (...asked: Parameters<typeof armsOfMatrix>): readonly string[] =>
  armsOfMatrix(...asked).map(({ name }) => name);

test('a matrix is every combination of what it names, by what tells them apart', () => {
  expect(names({ brain: ['rules', 'openai:small'], simulate: ['none', 'voice=300'] })).toEqual([
    'brain rules, nothing simulated',
    'brain rules, simulated: voice=300',
    'brain openai:small, nothing simulated',
    'brain openai:small, simulated: voice=300',
  ]);
  const [first, second] = armsOfMatrix({ brain: ['rules', 'openai:small'] }, { ear: 'whisper:base' });
  expect([first?.makeup, second?.makeup]).toEqual([
    { ear: 'whisper:base' },
    { ear: 'whisper:base', brain: 'openai:small' },
  ]);
});

test('a whole agent takes the place of the stages, and is combined with none of them', () => {
  const arms = armsOfMatrix({ brain: ['rules', 'openai:small'], whole: ['realtime:x'] }, { ear: 'whisper:base' });
  expect(arms.map(({ makeup }) => makeup)).toEqual([
    { ear: 'whisper:base' },
    { ear: 'whisper:base', brain: 'openai:small' },
    { whole: 'realtime:x' },
  ]);
});

test('one way of simulating may hold several stages, and is said to be simulated where nothing else tells arms apart', () => {
  expect(names({ simulate: ['ear=100 brain=350', 'brain=900'] })).toEqual([
    'simulated: ear=100, brain=350',
    'simulated: brain=900',
  ]);
  expect(names({ brain: ['rules', 'openai:small'] }, { simulate: ['voice=300'] })).toEqual([
    'brain rules, simulated: voice=300',
    'brain openai:small, simulated: voice=300',
  ]);
});

test('a matrix is read from words; a comma within brackets parts nothing', () => {
  expect(readMatrix(['simulate=brain=lognormal(250,0.3),brain=900', 'seeds=1,2'])).toEqual({
    simulate: ['brain=lognormal(250,0.3)', 'brain=900'],
    seeds: [1, 2],
  });
  for (const words of [['mouth=a,b'], ['brain'], ['brain='], ['seeds=x'], ['brain=a', 'brain=b']]) {
    expect(() => readMatrix(words), words.join(' ')).toThrow(UsageError);
  }
});

test('a matrix that cannot be tried is refused in one sentence', () => {
  const wrong = (what: string): UsageError => new UsageError(`the suite ${what}`);
  expect(() => armsOfMatrix({ brain: ['rules'] })).toThrow(/two combinations/);
  expect(() => armsOfMatrix({ brain: ['rules', 'rules'] })).toThrow(/brain rules twice/);
  expect(() => armsOfMatrix({ simulate: ['brain=fast', 'brain=900'] })).toThrow(/takes a time in ms/);
  expect(() => checkedMatrix({ brains: ['a', 'b'] } as object, wrong)).toThrow(/the suite has a matrix of "brains"/);
  expect(() => checkedMatrix({ brain: 'a,b' } as object, wrong)).toThrow(/brain is no list/);
});

test('the shipped matrix can be tried', async () => {
  const { suite } = await loadSuite('brains');
  expect(names(suite.matrix ?? {})).toHaveLength(3);
});

test('calls are placed in turn, each round begun by another run, whatever their numbers', () => {
  const plans = (of: string, count: number): readonly Plan[] =>
    Array.from({ length: count }, (_, n) => samplePlan(`${of}${n}`));
  const order = inTurn([{ plans: plans('a', 3) }, { plans: plans('b', 3) }, { plans: plans('c', 1) }]);
  expect(order.map(({ plan }) => plan.id)).toEqual(['a0', 'b0', 'c0', 'b1', 'a1', 'a2', 'b2']);
  expect(inTurn([])).toEqual([]);
});

let out = '';
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'hangup-matrix-'));
});
afterEach(() => rmSync(out, { recursive: true, force: true }));

const PLANS = [samplePlan('call-1'), samplePlan('call-2')];

function lanes(began: string[]): readonly Lane[] {
  return ['fast', 'slow'].map((arm) => ({
    manifest: {
      ...sampleRun(
        `m-${arm}`,
        PLANS.map(({ id }) => id),
      ),
      gates: [],
      matrix: { id: 'm', arm },
    },
    plans: PLANS,
    workshop: refusing(() => 'busy', 1),
    progress: {
      step: () => {},
      began: (plan) => void began.push(`${arm} ${plan.id}`),
      ended: () => {},
      note: () => {},
    },
  }));
}

test('the arms of a matrix are runs of their own, called in turn, found by its id, and gone on with where they stopped', async () => {
  const began: string[] = [];
  const shared = { out, jobs: 1, maxMinutes: undefined, signal: new AbortController().signal };
  const reports = await runTogether(shared, lanes(began));
  expect(began).toEqual(['fast call-1', 'slow call-1', 'slow call-2', 'fast call-2']);
  expect(reports.map(({ manifest, calls }) => [manifest.id, calls.length])).toEqual([
    ['m-fast', 2],
    ['m-slow', 2],
  ]);
  expect(runsOfMatrix(out, 'm').map(({ id }) => id)).toEqual(['m-fast', 'm-slow']);
  expect(runsOfMatrix(out, 'other')).toEqual([]);

  const lost = callFolder(join(out, 'm-slow'), 'call-2');
  expect(existsSync(lost)).toBe(true);
  rmSync(lost, { recursive: true });
  began.length = 0;
  await runTogether(shared, lanes(began));
  expect(began).toEqual(['slow call-2']);
});
