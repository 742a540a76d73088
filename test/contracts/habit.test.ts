import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { chance } from '../../harness/model/seed.ts';
import type { PlanDraft } from '../../harness/model/plan.ts';
import { habits, projectRoot, scenarios } from '../../harness/run/registry.ts';

const all = [...(await habits())];
const draft = async (): Promise<PlanDraft> => {
  const scenario = (await scenarios()).get('book-cleaning');
  if (!scenario) throw new Error('no book-cleaning');
  const facts = { ...scenario.facts, name: 'paula jones', phone: '5550142' };
  return { lines: scenario.lines, stimuli: [], facts, slips: scenario.slips };
};

test.each(all)('%s is pure, changes something, and leaves the draft it was given alone', async (_, habit) => {
  const before = await draft();
  const kept = JSON.stringify(before);
  const first = JSON.stringify(habit.apply(before, {}, chance(1)));
  expect(JSON.stringify(before)).toBe(kept);
  expect(JSON.stringify(habit.apply(before, {}, chance(1)))).toBe(first);
  expect(first).not.toBe(kept);
});

test.each(all)('%s bounds a metric that exists', (_, habit) => {
  expect(habit.bounds.length).toBeGreaterThan(0);
  const files = habit.bounds.map((bound) => `${projectRoot}/metrics/measures/${bound.metric.replaceAll('_', '-')}.ts`);
  expect(files.filter((file) => !existsSync(file))).toEqual([]);
});

test.each(all)('%s does nothing before the agent can be heard, and to a line there is', async (_, habit) => {
  for (let seed = 0; seed < 30; seed++) {
    const worked = habit.apply(await draft(), {}, chance(seed));
    const lines = ['', ...worked.lines.map((line) => line.id)];
    for (const { trigger } of worked.stimuli) {
      expect(trigger.offsetMs).toBeGreaterThanOrEqual(120);
      expect(lines).toContain(trigger.line);
    }
  }
});
