import { expect, test } from 'vitest';
import { ms } from '../../../harness/model/time.ts';
import { budgets, medians, RESIDUAL, slowOne } from '../../../reports/site/pages/latency/budget.ts';
import { twice } from '../../../reports/site/pages/latency/substance.ts';
import { stacked } from '../../../reports/site/charts/stages.ts';
import { sampleCall, sampleScore } from '../store/sample.ts';

const END = 5000;
/** A reply after `wait`, of which `residual` is in no stage, and stages by name, from and to after her end. */
const reply = (
  n: number,
  wait: number,
  residual: number | undefined,
  stages: readonly (readonly [string, number, number])[],
) => {
  const end = END + n * 10_000;
  const about = { of: `line-${n}`, at: ms(end) };
  return [
    sampleScore('turn_latency', wait, about),
    ...(residual === undefined ? [] : [sampleScore('stage_residual', residual, about)]),
    ...stages.map(([stage, from, to]) => sampleScore(`stage_${stage}`, to - from, { of: stage, at: ms(end + from) })),
  ];
};

test('a stage counts only where she waits, and an instant in two stages only once', () => {
  const [budget] = budgets([
    sampleCall(
      'a',
      'passed',
      reply(0, 400, 50, [
        ['ear', -100, 150],
        ['brain', 100, 300],
        ['voice', 350, 450],
      ]),
    ),
  ]);
  expect([...(budget?.spent ?? [])]).toEqual([
    ['ear', 150],
    ['brain', 150],
    ['voice', 50],
    [RESIDUAL, 50],
  ]);
  expect(budget?.stages[0]).toEqual({ stage: 'ear', from: -100, to: 150 });
});

test('stages of another reply are not laid on this one, and what no measure names is not called unexplained', () => {
  const call = sampleCall('a', 'passed', [
    ...reply(0, 300, 100, [['brain', 0, 150]]),
    ...reply(1, 200, 20, [['brain', 0, 180]]),
  ]);
  expect(budgets([call]).map(({ spent }) => [...spent])).toEqual([
    [
      ['brain', 150],
      ['other stages', 50],
      [RESIDUAL, 100],
    ],
    [
      ['brain', 180],
      [RESIDUAL, 20],
    ],
  ]);
});

test('where an agent claims nothing, or was never heard, there is no budget', () => {
  const unheard = reply(1, 9000, 9000, []).map((score) => ({ ...score, censored: true }));
  expect(budgets([sampleCall('a', 'passed', [...reply(0, 300, undefined, []), ...unheard])])).toEqual([]);
  expect(slowOne([])).toBeUndefined();
});

test('medians come in the order in which stages begin, the rest last, and bars stand one after the other', () => {
  const calls = [300, 500, 700].map((wait, n) =>
    sampleCall(
      `call-${n}`,
      'passed',
      reply(0, wait, 100, [
        ['voice', 100, wait - 100],
        ['brain', 0, 100],
      ]),
    ),
  );
  const parts = medians(budgets(calls));
  expect(parts).toEqual([
    { stage: 'brain', median: 100 },
    { stage: 'voice', median: 300 },
    { stage: RESIDUAL, median: 100 },
  ]);
  expect(stacked('row', parts).map(({ from, to }) => [from, to])).toEqual([
    [0, 100],
    [100, 400],
    [400, 500],
  ]);
  expect(slowOne(budgets(calls))?.reply.score.value).toBe(700);
});

test('sound and substance are compared over the same replies', () => {
  const about = { of: 'line-0', at: ms(END) };
  const call = sampleCall('a', 'passed', [
    ...reply(0, 300, undefined, []),
    ...reply(1, 900, undefined, []),
    sampleScore('substantive_latency', 800, about),
  ]);
  const other = sampleCall('b', 'passed', reply(0, 250, undefined, []));
  expect(
    twice([call, other]).map(({ audible, substantive }) => [audible.score.value, substantive.score.value]),
  ).toEqual([[300, 800]]);
});
