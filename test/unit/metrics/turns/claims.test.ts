import { expect, test } from 'vitest';
import stageResidual from '../../../../metrics/measures/stage-residual.ts';
import type { CallEvent } from '../../../../harness/model/record.ts';
import { ms } from '../../../../harness/model/time.ts';
import { claimsOf } from '../../../../metrics/turns/claims.ts';
import { goldens, viewOf } from '../../../golden/golden.ts';

const golden = new Map(goldens()).get('claimed-stages');
if (!golden) throw new Error('there is no golden call of claimed stages');
const view = viewOf(golden);

const spans = (clock: 'ours' | 'skewed' | 'unknown'): CallEvent => ({
  source: 'claim',
  kind: 'spans',
  at: ms(0),
  by: 'livekit',
  spans: 9,
  turns: 2,
  reported: {},
  clock,
});

test('claims that were posted and claims from spans have a clock each, and neither moves the other', () => {
  const told = [1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 9000].map((at): CallEvent => ({
    source: 'claim',
    kind: 'claim',
    at: ms(at),
    by: 'livekit',
    claim: { what: 'stage', name: 'tool', startMs: at + 77_000 - 10, endMs: at + 77_000 },
  }));
  const both = { events: [...view.events, ...told] };
  const own = (call: Parameters<typeof claimsOf>[0]) => claimsOf(call, 'stage').filter(({ name }) => name !== 'tool');
  expect(own(both)).toEqual(own(view));
  expect(claimsOf(both, 'stage').find(({ name }) => name === 'tool')).toMatchObject({ from: 990, to: 1000 });
});

test('nothing is subtracted across the clocks of two hosts, nor across one of which nothing is known', () => {
  const residuals = (clock: 'ours' | 'skewed' | 'unknown'): number =>
    stageResidual.measure({ ...view, events: [...view.events, spans(clock)] }).length;
  expect([residuals('ours'), residuals('skewed'), residuals('unknown')]).toEqual([2, 0, 0]);
});
