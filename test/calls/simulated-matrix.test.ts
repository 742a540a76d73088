import { beforeAll, expect, test } from 'vitest';
import { simulatedBy } from '../../agent/simulated.ts';
import { hashSeed } from '../../harness/model/seed.ts';
import type { ScoredCall } from '../../harness/model/metric.ts';
import { readSimulated } from '../../harness/model/simulated.ts';
import { compare } from '../../reports/compare/comparison.ts';
import type { Comparison } from '../../reports/compare/comparison.ts';
import { comparisonText } from '../../reports/compare/text.ts';
import type { RunReport } from '../../reports/report.ts';
import { reportOf } from '../unit/reports/sample.ts';
import { sampleCall, sampleScore } from '../unit/store/sample.ts';
import { callAgent, soundings } from './agent-call.ts';

const TURNS = ["i'd like a cleaning", 'tuesday', 'at nine'];
const CALLS = 12;
const BRAINS = ['brain=lognormal(250,0.3)', 'brain=lognormal(350,0.4)', 'brain=lognormal(900,0.4)'];

/** How long she waits for each answer of an agent with such a brain, in one call, ms. */
async function call(brain: string, nth: number): Promise<ScoredCall> {
  const simulated = simulatedBy(readSimulated([brain]));
  const ends: number[] = [];
  const parts = {
    simulated: (...[stage, seed, turn]: Parameters<typeof simulated>) => simulated(stage, hashSeed(seed, nth), turn),
  };
  const { line } = await callAgent({ sentences: TURNS, parts: (sound) => ({ ...sound, ...parts }) }, async (caller) => {
    await caller.agentDone();
    for (const text of TURNS) {
      await caller.say(text);
      ends.push(caller.clock.now());
      await caller.agentDone();
    }
  });
  const sounds = soundings(line);
  const waits = ends.map((end) => (sounds.find(({ from }) => from > end)?.from ?? Infinity) - end);
  const scores = waits.map((wait, turn) => sampleScore('turn_latency', wait, { of: `turn-${turn}` }));
  return sampleCall(`call-${nth}`, 'passed', scores);
}

async function runOf(brain: string): Promise<RunReport> {
  const calls: ScoredCall[] = [];
  for (let nth = 0; nth < CALLS; nth++) calls.push(await call(brain, nth));
  const report = reportOf(calls);
  return { ...report, manifest: { ...report.manifest, id: brain, makeup: { simulate: [brain] } } };
}

let comparison: Comparison;
beforeAll(async () => {
  const runs: RunReport[] = [];
  for (const brain of BRAINS.toReversed()) runs.push(await runOf(brain));
  comparison = compare(runs, 'simulate');
}, 60_000);

test('three simulated brains are ranked rightly, each told from the one before it', () => {
  expect(comparison.arms.map(({ name }) => name)).toEqual(BRAINS.map((brain) => `simulated: ${brain}`));
  const [, second, third] = comparison.ranking;
  for (const rank of [second, third]) expect(rank?.toPrevious).toMatchObject({ found: 'worse', paired: true });
});

test('the intervals hold what the brains were given to differ by', () => {
  const [, second, third] = comparison.ranking;
  for (const [rank, truth] of [
    [second, 350 - 250],
    [third, 900 - 250],
  ] as const) {
    expect(rank?.toFirst?.interval?.low).toBeLessThan(truth);
    expect(rank?.toFirst?.interval?.high).toBeGreaterThan(truth);
  }
});

test('the ranking reads without explanation', () => {
  const [head, second, third] = comparisonText(comparison).split('\n');
  expect(head).toMatch(/^Fastest: simulated: brain=lognormal\(250,0\.3\), which answers after \d+ ms \(median\)\.$/);
  expect(second).toMatch(
    /350,0\.4\): answers \d+ ms later than simulated: .* \(95 % interval \d+-\d+, 12 calls, paired\)\.$/,
  );
  expect(third).toMatch(/900,0\.4\): answers \d+ ms later than .*; answers \d+ ms later than /);
});
