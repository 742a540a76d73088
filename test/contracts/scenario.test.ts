import { expect, test } from 'vitest';
import { wordsOf } from '../../harness/model/script.ts';
import type { Facts, Scenario } from '../../harness/model/plan.ts';
import { scenarios } from '../../harness/run/registry.ts';

const all = [...(await scenarios())];

const toldBy = (scenario: Scenario): Facts =>
  Object.assign({}, ...scenario.lines.filter((line) => line.onAgenda).map((line) => line.facts)) as Facts;

test.each(all)('%s: its lines tell all that is expected of the call', (_, scenario) => {
  const told = toldBy(scenario);
  const needed = [...(scenario.expect.commit?.slots ?? []), ...scenario.expect.handoff.facts];
  expect(needed.filter((slot) => told[slot] === undefined)).toEqual([]);
  expect(scenario.expect.handoff.desk === undefined).toBe(scenario.expect.handoff.truth !== 'must');
});

test.each(all)('%s: she can be asked again about everything she tells', (_, scenario) => {
  const telling = scenario.lines.filter((line) => line.onAgenda && Object.keys(line.facts).length > 0);
  expect(telling.filter((line) => line.again.length < 2).map((line) => line.id)).toEqual([]);
});

test.each(all)('%s: four to eight lines, short ones, ending in a goodbye', (_, scenario) => {
  const agenda = scenario.lines.filter((line) => line.onAgenda);
  expect(agenda.length).toBeGreaterThanOrEqual(4);
  expect(agenda.length).toBeLessThanOrEqual(8);
  expect(agenda.at(-1)?.topic).toBe('goodbye');
  for (const line of agenda) expect(wordsOf(line.pieces).split(' ').length).toBeLessThanOrEqual(18);
});

test.each(all)('%s: every slip can be told from the truth and is repaired in a line there is', (_, scenario) => {
  for (const [slot, slip] of Object.entries(scenario.slips)) {
    expect(scenario.lines.some((line) => line.id === slip.line && line.facts[slot] !== undefined)).toBe(true);
    expect(slip.wrongValue).not.toBe(scenario.facts[slot]);
    expect(slip.repair.length * slip.inTurn.length * slip.wrong.length).toBeGreaterThan(0);
  }
});

test.each(all)('%s: a desk that lacks a fact can be told it', (_, scenario) => {
  const topics = scenario.lines.map((line) => line.topic);
  for (const fact of scenario.expect.handoff.facts) expect(topics).toContain(`desk:${fact}`);
});
