import { expect, test } from 'vitest';
import type { Bound } from '../../../harness/model/metric.ts';
import { defineSuite } from '../../../harness/model/suite.ts';
import type { Suite } from '../../../harness/model/suite.ts';
import { evidenceOf } from '../../../harness/run/evidence.ts';
import { judgeable } from '../../../harness/run/expectations.ts';
import { plansOf } from '../../../harness/run/plans.ts';
import { metrics } from '../../../harness/run/registry.ts';

const known = await metrics();
const FOREIGN = 'sip:agent@10.0.0.5';
const suiteOf = (more: Partial<Suite>): Suite =>
  defineSuite({
    name: 'mine',
    target: FOREIGN,
    line: 'sip',
    seed: 1,
    calls: [
      { persona: 'interrupting-ines', scenario: 'book-cleaning' },
      { persona: 'plain-paula', scenario: 'price-and-hours' },
    ],
    metronome: 0,
    jobs: 1,
    gates: [],
    allow: [],
    ...more,
  });
const boundsOf = async (more: Partial<Suite>): Promise<readonly (readonly Bound[])[]> =>
  (
    await plansOf({ suite: suiteOf(more), beside: undefined }, { seed: undefined, trials: undefined, only: undefined })
  ).map(({ bounds }) => bounds);

const judged = (more: Partial<Suite>) => {
  const suite = suiteOf(more);
  return judgeable(suite, known, evidenceOf(FOREIGN, suite), FOREIGN).gates as readonly Bound[];
};
const named = (bounds: readonly Bound[]): string[] => bounds.map(({ metric }) => metric);

test('the starter gates are those that can be seen of this agent', () => {
  const sound = ['failed_call', 'turn_latency', 'missed_turn', 'cut_in', 'yield_rate', 'stop_time'];
  expect(named(judged({ gates: 'starter' }))).toEqual(sound);
  const whole = named(judged({ gates: 'starter', check: () => ({ committed: null }) }));
  expect(whole.toSorted()).toEqual([...sound, 'task_success', 'change_of_mind'].toSorted());
});

test('what a target gives is what its suite connects', () => {
  const given = (more: Partial<Suite>, target = FOREIGN) => evidenceOf(target, suiteOf(more));
  expect(given({})).toEqual(['wire']);
  expect(given({ office: { listen: '127.0.0.1:0' } })).toEqual(['wire', 'office']);
  expect(given({ office: { listen: '127.0.0.1:0', posts: ['claims'] } })).toEqual(['wire', 'claims']);
  expect(given({ check: 'https://staging.example/check' })).toEqual(['wire', 'hooks']);
  expect(given({ before: () => undefined })).toEqual(['wire']);
  expect(given({}, 'reference')).toEqual(['wire', 'office', 'claims']);
});

test('a suite holds a habit’s calls to its own bounds, and a scenario’s calls to more', async () => {
  const [usual = [], plain = []] = await boundsOf({});
  expect(named(usual)).toEqual(['yield_rate', 'stop_time']);
  expect(named(plain)).toEqual(['yield_rate', 'stop_time', 'false_barge_in']);
  const slower: Bound = { metric: 'stop_time', of: 'p50', limit: 1500 };
  const quick: Bound = { metric: 'turn_latency', of: 'max', limit: 3000 };
  const [held, asked] = await boundsOf({
    expect: { habits: { interrupts: [slower] }, scenarios: { 'price-and-hours': [quick] } },
  });
  expect(held).toEqual([slower]);
  expect(asked).toEqual([slower, ...plain.slice(2), quick]);
  await expect(boundsOf({ expect: { habits: { interupts: [] } } })).rejects.toThrow(
    /there is no habit called "interupts"/,
  );
  await expect(boundsOf({ expect: { scenarios: { parcel: [] } } })).rejects.toThrow(/no scenario called "parcel"/);
});

test('an expectation of each call that could never be seen is refused like a gate', () => {
  const expectation = { scenarios: { 'price-and-hours': [{ metric: 'task_success', of: 'rate', limit: 1 }] } } as const;
  expect(() => judged({ expect: expectation })).toThrow(/cannot be judged: it needs the office or a check hook/);
});
