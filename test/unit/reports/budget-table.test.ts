import { expect, test } from 'vitest';
import { budget } from '../../../harness/model/suite.ts';
import { overspent } from '../../../reports/tables/budget.ts';
import { printTable } from '../../../reports/tables/print.ts';
import { sampleCall, sampleScore } from '../store/sample.ts';

/** A call of `n` replies, each with a brain of `brain` ms and a wait of 300 ms more. */
const call = (brain: readonly number[]) =>
  sampleCall(
    'a',
    'passed',
    brain.flatMap((ms) => [sampleScore('stage_brain', ms), sampleScore('turn_latency', ms + 300)]),
  );
const gates = budget({ endpointing: 200, brain: 250, total: 700 }, 'p50');

test('a budget is gates on the stages and on the wait as the wire has it', () => {
  expect(gates).toEqual([
    { metric: 'stage_endpointing', of: 'p50', limit: 200 },
    { metric: 'stage_brain', of: 'p50', limit: 250 },
    { metric: 'turn_latency', of: 'p50', limit: 700 },
  ]);
  expect(budget({ voice: 80 })).toEqual([{ metric: 'stage_voice', of: 'p95', limit: 80 }]);
});

test('who overspent is named, with how much and how often; a stage nobody reported is no 0 within its budget', () => {
  const table = overspent(gates, [call([100, 300, 350, 350, 350, 350, 350, 350])]);
  expect(table?.rows).toEqual([
    ['endpointing', 200, 'p50', 'not reported', null, null, null, 0],
    ['brain', 250, 'p50', 350, 100, 7, 7 / 8, 8],
    ['the whole wait, on the wire', 700, 'p50', 650, 0, 0, 0, 8],
  ]);
  expect(table?.remarks).toEqual([
    'brain overspent most: 100 ms over its 250 ms at p50, in 7 of 8 turns; the whole wait holds.',
  ]);
  expect(table && printTable(table)).toContain('not reported');
});

test('a wait that never ended is over every budget, and too few replies bear no percentile', () => {
  const silent = sampleCall(
    'b',
    'failed',
    Array.from({ length: 8 }, () => ({ ...sampleScore('turn_latency', 900), censored: true })),
  );
  const rows = overspent([...budget({ brain: 250 }), ...budget({ total: 700 }, 'p50')], [silent, call([100])])?.rows;
  expect(rows).toEqual([
    ['brain', 250, 'p95', 'too few', null, 0, 0, 1],
    ['the whole wait, on the wire', 700, 'p50', 'never', null, 8, 8 / 9, 9],
  ]);
});

test('a run with gates on the wait alone has no budget', () => {
  expect(overspent([{ metric: 'turn_latency', of: 'p95', limit: 700 }], [call([100])])).toBeUndefined();
});
