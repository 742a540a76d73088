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
  (await planned(suiteOf(more))).map(({ bounds }) => bounds);

const planned = (suite: Suite) =>
  plansOf({ suite, beside: undefined }, { seed: undefined, trials: undefined, only: undefined });

const judged = async (more: Partial<Suite>): Promise<readonly Bound[]> => {
  const suite = suiteOf(more);
  return judgeable(suite, await planned(suite), known, evidenceOf(FOREIGN, suite), FOREIGN).gates as readonly Bound[];
};
const named = (bounds: readonly Bound[]): string[] => bounds.map(({ metric }) => metric);

test('the starter gates are those that can be seen of this agent, and that these callers test', async () => {
  const sound = ['failed_call', 'turn_latency', 'missed_turn', 'cut_in'];
  const interrupted = [...sound, 'yield_rate', 'stop_time'];
  const starter = async (more: Partial<Suite>): Promise<string[]> =>
    named(await judged({ gates: 'starter', ...more })).toSorted();
  expect(await starter({})).toEqual(interrupted.toSorted());
  expect(await starter({ calls: [{ persona: 'hesitant-henry', scenario: 'price-and-hours' }] })).toEqual(
    sound.toSorted(),
  );
  const check = (): { committed: null } => ({ committed: null });
  expect(await starter({ check })).toEqual([...interrupted, 'task_success'].toSorted());
  const calls = [{ persona: 'wavering-wanda', scenario: 'book-cleaning' }];
  expect(await starter({ check, calls })).toContain('change_of_mind');
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

test('an expectation of each call that could never be seen is refused like a gate', async () => {
  const expectation = { scenarios: { 'price-and-hours': [{ metric: 'task_success', of: 'rate', limit: 1 }] } } as const;
  await expect(judged({ expect: expectation })).rejects.toThrow(
    /cannot be judged: it needs the office or a check hook/,
  );
});
