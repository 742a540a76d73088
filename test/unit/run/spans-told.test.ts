import { expect, test } from 'vitest';
import { ms } from '../../../harness/model/time.ts';
import type { Summary } from '../../../harness/office/otlp/receiver.ts';
import { aboutSpans } from '../../../harness/run/spans-told.ts';

const call = (more: Partial<Summary>): Summary => ({
  source: 'claim',
  kind: 'spans',
  at: ms(0),
  by: 'pipecat',
  spans: 12,
  turns: 4,
  reported: { endpointing: 0, brain: 3 },
  clock: 'ours',
  ...more,
});
const tell = (more: object): string =>
  aboutSpans('sip:a@b', 'http://c', { taken: 90, late: 0, strange: 0, calls: [], ...more }).join('\n');

test('a stage that was told of no turn, or not of all, is said to be so', () => {
  expect(tell({ calls: [call({}), call({})] })).toBe(
    "endpointing is not reported by the agent's spans\nbrain is reported of 6 of 8 turns by the agent's spans",
  );
});

test('late spans, strange ones and none at all are said with what to do', () => {
  expect(tell({ late: 3 })).toMatch(/^3 of 90 spans came too late .* raise otlp.graceMs$/);
  expect(tell({ strange: 2 })).toMatch(/^2 of 90 spans are of no call: .* traceparent/);
  expect(tell({ taken: 0 })).toMatch(/^no span came to http:\/\/c: does sip:a@b export to it/);
});

test('a clock of its own is said, with how far it is off', () => {
  const reported = { brain: 4 };
  const skewed = call({ reported, clock: 'skewed', offsetMs: 2003.4 });
  expect(tell({ calls: [skewed, call({ reported })] })).toMatch(/^in 1 of 2 calls the agent's clock.* is 2003 ms off/);
  expect(tell({ calls: [call({ reported, clock: 'unknown' })] })).toMatch(/^in 1 of 1 calls nothing tells/);
});
