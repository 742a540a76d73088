import { expect, test } from 'vitest';
import { UsageError } from '../../../harness/model/errors.ts';
import type { Makeup } from '../../../harness/model/makeup.ts';
import { ms } from '../../../harness/model/time.ts';
import { runName } from '../../../reports/agent.ts';
import { compare } from '../../../reports/compare/comparison.ts';
import { jsonComparison } from '../../../reports/compare/document.ts';
import { comparisonText } from '../../../reports/compare/text.ts';
import type { RunReport } from '../../../reports/report.ts';
import { madeOf } from '../../../reports/site/pages/compare/made-of.ts';
import { sampleCall, sampleScore } from '../store/sample.ts';
import { METRONOME, reportOf } from './sample.ts';

/** How much a caller's way of talking adds to every agent's latency, ms: far more than the agents differ by. */
const ownOf = (call: number): number => (call * 137) % 400;

/** A run of `calls` calls with two replies each, `base` ms after her and some chance of `wobble` ms. */
function runOf(id: string, makeup: Makeup, base: number, calls = 20, wobble = 10): RunReport {
  const made = Array.from({ length: calls }, (_, n) =>
    sampleCall(`call-${n}`, 'passed', [
      sampleScore('turn_latency', base + ownOf(n) + ((n * 7) % wobble), { of: 'a', at: ms(1000) }),
      sampleScore('turn_latency', base + ownOf(n) + ((n * 3) % wobble), { of: 'b', at: ms(9000) }),
    ]),
  );
  const report = reportOf([...made, METRONOME]);
  return { ...report, manifest: { ...report.manifest, id, makeup } };
}

const rules = runOf('one', {}, 220);
const slow = runOf('two', { simulate: ['brain=900'] }, 1120);
const other = runOf('three', { brain: 'openai:small' }, 240, 20, 11);

test('agents are ranked by when they answer, each with how much later and how sure that is', () => {
  const { says, ranking, arms } = jsonComparison(compare([slow, other, rules], 'brain'));
  expect(arms.map(({ name }) => name)).toEqual([
    'brain rules',
    'brain openai:small',
    'brain rules (simulated: brain=900)',
  ]);
  expect(says[0]).toMatch(/^Fastest: brain rules, which answers after \d+ ms \(median\)\.$/);
  expect(says[2]).toMatch(
    /: answers 9\d\d ms later than brain rules \(95 % interval 8?9?\d\d-9\d\d, 20 calls, paired\); answers/,
  );
  expect(ranking[1]?.toFirst).toMatchObject({ paired: true, found: 'worse' });
});

test('calls by the same plans are held against each other, so that what their callers differ by does not hide the agents', () => {
  const paired = compare([rules, other], 'brain').ranking[1]?.toFirst;
  const apart = { ...other, calls: other.calls.map((call) => ({ ...call, plan: { ...call.plan, seed: 8 } })) };
  const unpaired = compare([rules, apart], 'brain').ranking[1]?.toFirst;
  expect([paired?.paired, unpaired?.paired]).toEqual([true, false]);
  const width = (found: typeof paired): number => (found?.interval?.high ?? NaN) - (found?.interval?.low ?? NaN);
  expect(width(paired)).toBeLessThan(width(unpaired) / 4);
  expect([paired?.found, unpaired?.found]).toEqual(['worse', 'not told apart']);
});

test('what overlaps cannot be told apart, and nobody is called fastest then', () => {
  const alike = runOf('four', { brain: 'openai:other' }, 220, 20, 11);
  const text = comparisonText(compare([rules, alike], 'brain'));
  expect(text).toMatch(/^First: /);
  expect(text).toContain('cannot be told apart from');
  const few = compare([runOf('one', {}, 220, 4), runOf('two', { simulate: ['brain=900'] }, 1120, 4)]);
  expect(comparisonText(few)).toContain('4 calls each, and 10 are needed');
});

test('sorted by one stage, runs that differ in another are paired only with their like', () => {
  const runs = [
    runOf('a', { ear: 'whisper:base' }, 500),
    runOf('b', { ear: 'whisper:base', brain: 'openai:small' }, 530),
    runOf('c', {}, 220),
    runOf('d', { brain: 'openai:small' }, 250),
  ];
  const { arms, ranking } = compare(runs, 'brain');
  expect(arms.map(({ name, runs: own }) => [name, own.length])).toEqual([
    ['brain rules', 2],
    ['brain openai:small', 2],
  ]);
  expect(ranking[1]?.toFirst).toMatchObject({ paired: true, calls: [40, 40], found: 'worse' });
});

test('the seeds of an arm of a matrix are taken together', () => {
  const placed = (run: RunReport, arm: string, seed: number): RunReport => ({
    ...run,
    manifest: { ...run.manifest, id: `${arm} ${seed}`, matrix: { id: 'm', arm } },
    calls: run.calls.map((call) => ({ ...call, plan: { ...call.plan, seed } })),
  });
  const runs = [1, 2].flatMap((seed) => [placed(rules, 'fast', seed), placed(slow, 'slow', seed)]);
  const { arms, ranking } = compare(runs);
  expect(arms.map(({ name, calls }) => [name, calls.length])).toEqual([
    ['fast', 40],
    ['slow', 40],
  ]);
  expect(ranking[1]?.toFirst).toMatchObject({ paired: true, calls: [40, 40] });
});

test('times of an approximate line are not held against those of an exact one', () => {
  const browser = {
    ...slow,
    calls: slow.calls.map((call) => ({ ...call, head: { ...call.head, timing: 'approximate' as const } })),
  };
  expect(() => compare([rules, browser])).toThrow(UsageError);
  expect(() => compare([rules, browser])).toThrow(/approximate.*exact/);
});

test('one agent alone is no comparison', () => {
  expect(() => compare([rules])).toThrow(/nothing to compare with/);
  expect(() => compare([rules, slow], 'ear')).toThrow(/all of these runs have ear soundswallower/);
});

test('the page of a comparison names each run by its place in the matrix, and what each stage was made of and takes', () => {
  const stages = (run: RunReport, brainMs: number): RunReport => ({
    ...run,
    calls: run.calls.map((call) => ({ ...call, scores: [...call.scores, sampleScore('stage_brain', brainMs)] })),
  });
  const html = madeOf([stages(rules, 2), stages(slow, 900)], ({ manifest }) => runName(manifest)).html;
  const cells = html.replaceAll(/\s+/g, ' ');
  expect(cells).toContain('rules: 2 ms');
  expect(cells).toMatch(/rules \(simulated: brain(=|&#61;)900\): 900 ms/);
  expect(cells).toContain('soundswallower: not claimed');
  expect(madeOf([reportOf([]), reportOf([])], () => '').html).toBe('');
  expect(runName({ ...slow.manifest, matrix: { id: 'm', arm: 'simulated: brain=900' } })).toBe('simulated: brain=900');
});
