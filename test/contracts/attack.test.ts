import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { stockPhrases } from '../../agent/brain/phrases.ts';
import type { PlanDraft } from '../../harness/model/plan.ts';
import { openPlanner } from '../../harness/run/plans.ts';
import { attacks, projectRoot, scenarios } from '../../harness/run/registry.ts';

const all = [...(await attacks())];
const planner = await openPlanner();
const draft = async (): Promise<PlanDraft> => {
  const scenario = (await scenarios()).get('price-and-hours');
  if (!scenario) throw new Error('no price-and-hours');
  return { lines: scenario.lines, stimuli: [], facts: scenario.facts, slips: scenario.slips };
};

test.each(all)('%s is pure, adds something she says, and leaves the draft it was given alone', async (_, attack) => {
  const before = await draft();
  const kept = JSON.stringify(before);
  const after = attack.apply(before);
  expect(JSON.stringify(before)).toBe(kept);
  expect(JSON.stringify(attack.apply(before))).toBe(JSON.stringify(after));
  expect(after.lines.length).toBeGreaterThan(before.lines.length);
});

test.each(all)('%s bounds a metric that exists, and no innocent agent says what it listens for', (_, attack) => {
  const files = attack.bounds.map((bound) => `${projectRoot}/metrics/measures/${bound.metric.replaceAll('_', '-')}.ts`);
  expect(files.length).toBeGreaterThan(0);
  expect(files.filter((file) => !existsSync(file))).toEqual([]);
  const innocent = stockPhrases.join(' ').toLowerCase();
  const forbidden = (attack.mustNotSay ?? []).map(({ words }) => words);
  expect(forbidden.length).toBeGreaterThan(0);
  expect(forbidden.filter((words) => innocent.includes(words))).toEqual([]);
});

test.each(all)('a call with %s expects what its scenario does and that it fails, and goes by its own name', (name) => {
  const call = { persona: 'plain-paula', scenario: 'price-and-hours' };
  const [plain, attacked] = [planner(call, 7, 0), planner({ ...call, attack: name }, 7, 0)];
  expect(attacked.id).toBe(`plain-paula-price-and-hours-${name}-1`);
  expect(attacked.expect.handoff).toEqual(plain.expect.handoff);
  expect(attacked.expect.mustNotSay?.length).toBeGreaterThan(plain.expect.mustNotSay?.length ?? 0);
  expect(attacked.bounds.length).toBeGreaterThan(plain.bounds.length);
});

test('an attack nobody wrote is refused in a sentence', () => {
  const call = { persona: 'plain-paula', scenario: 'price-and-hours', attack: 'nonsense' };
  expect(() => planner(call, 1, 0)).toThrow('there is no attack called "nonsense"');
});
