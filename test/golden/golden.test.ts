import { expect, test } from 'vitest';
import type { Metric, Score } from '../../harness/model/metric.ts';
import { scoreCall } from '../../metrics/score.ts';
import { goldens, viewOf } from './golden.ts';
import { measures } from './measures.ts';

const metrics: ReadonlyMap<string, Metric> = await measures();

/** `of [class] = value @ dose`: `+` censored, `!` lost to a hang-up, `?` in doubt. */
function inShort({ of, class: name, value, censored, lost, doubt, dose }: Score): string {
  const marks = `${censored ? '+' : ''}${lost ? '!' : ''}${doubt === undefined ? '' : ' ?'}`;
  return `${of}${name ? ` [${name}]` : ''} = ${value}${marks}${dose === undefined ? '' : ` @ ${dose}`}`;
}

test.each([...goldens()])('golden call %s keeps its scores', (_, golden) => {
  const scored = scoreCall(viewOf(golden), metrics);
  const measured = Object.fromEntries(
    Object.keys(golden.expect.scores).map((name) => [
      name,
      scored.scores.filter(({ metric }) => metric === name).map(inShort),
    ]),
  );
  expect(measured).toEqual(golden.expect.scores);
  expect({ outcome: scored.outcome, reasons: scored.reasons }).toEqual({
    outcome: golden.expect.outcome,
    reasons: golden.expect.reasons ?? [],
  });
});
