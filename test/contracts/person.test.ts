import { expect, test } from 'vitest';
import { makePlan } from '../../harness/plan/plan.ts';
import { habits, people, places, scenarios } from '../../harness/run/registry.ts';

const [who, why, how, where] = await Promise.all([people(), scenarios(), habits(), places()]);

test.each([...who.keys()])('%s can make every call there is', (persona) => {
  const person = who.get(persona);
  expect(person).toBeDefined();
  if (!person) return;
  for (const [scenario, facts] of why) {
    const plan = makePlan({ persona, person, scenario, facts, habits: how, mind: 'listener', seed: 1, trial: 0 });
    expect(plan.lines.some((line) => line.onAgenda && line.topic === 'goodbye')).toBe(true);
    const ids = [...plan.lines, ...plan.stimuli].map((one) => one.id);
    expect(new Set(ids).size).toBe(ids.length);
  }
});

test.each([...who.entries()])('%s is somebody: a summary, a name, a number, a place and some patience', (_, person) => {
  expect(person.summary.length).toBeGreaterThan(10);
  expect(person.facts?.['name']).toMatch(/^[a-z]+ [a-z]+$/);
  expect(person.facts?.['phone']).toMatch(/^\d{7}$/);
  expect(where.size === 0 || where.has(person.place.name)).toBe(true);
  expect(person.patience.deadAirMs).toBeGreaterThanOrEqual(4000);
  expect(person.phone.loss).toBeLessThan(0.2);
});

test('no two people share a name or a number', () => {
  const names = [...who.values()].map((person) => person.facts?.['name']);
  const phones = [...who.values()].map((person) => person.facts?.['phone']);
  expect(new Set(names).size).toBe(names.length);
  expect(new Set(phones).size).toBe(phones.length);
});
