import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { plansOf } from '../../../harness/run/plans.ts';
import { metrics, projectRoot } from '../../../harness/run/registry.ts';
import { loadSuite } from '../../../harness/run/suite.ts';

const folder = join(projectRoot, 'examples');
const examples = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

test.each(examples)('%s cannot be planned, or gates on a metric nobody knows', async (name) => {
  const loaded = await loadSuite(join(folder, name, 'hangup.config.ts'));
  const plans = await plansOf(loaded, { seed: undefined, trials: undefined, only: undefined });
  expect(plans.length).toBeGreaterThan(1);
  const known = await metrics();
  expect([...loaded.suite.gates].filter((gate) => typeof gate === 'string' || !known.has(gate.metric))).toEqual([]);
});

test('no example shows a line that waits for words, a caller who speaks first, or a value the agent finds out', async () => {
  const all = await Promise.all(
    examples.map(async (name) =>
      plansOf(await loadSuite(join(folder, name, 'hangup.config.ts')), { seed: 1, trials: 1, only: undefined }),
    ),
  );
  const plans = all.flat();
  expect(plans.some(({ mind, lines }) => mind === 'listener' && lines.some(({ when }) => when))).toBe(true);
  expect(plans.some(({ opens }) => opens === 'caller')).toBe(true);
  expect(plans.some(({ expect: { commit } }) => commit?.values?.['depot'] === 'north')).toBe(true);
  expect(plans.some(({ expect: { mustSay } }) => mustSay !== undefined)).toBe(true);
});
