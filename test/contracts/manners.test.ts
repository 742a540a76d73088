import { expect, test } from 'vitest';
import type { Manners } from '../../agent/manners.ts';
import { soundManners } from '../../agent/manners.ts';
import { manners } from '../../harness/run/registry.ts';

const all = [...(await manners())];

/** Every wait after her words, from the surest end of a turn to the least sure. */
const waits = ({ completeMs, openMs, unclearMs, unfinishedMs }: Manners): readonly number[] => [
  completeMs,
  openMs,
  unclearMs,
  unfinishedMs,
];

test.each(all)('%s waits longer the less her words look like all she has to say', (_, { manners: own }) => {
  expect(waits(own)).toEqual(waits(own).toSorted((a, b) => a - b));
  expect(Object.values(own).every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
});

test.each(all)('%s changes nothing but patience: barge-in is the same for all', (_, { manners: own, summary }) => {
  expect(summary.length).toBeGreaterThan(10);
  const patience = ['completeMs', 'answeredMs', 'refusedMs', 'openMs', 'unclearMs', 'unfinishedMs'];
  const rest = (of: Manners): object =>
    Object.fromEntries(Object.entries(of).filter(([name]) => !patience.includes(name)));
  expect(rest(own)).toEqual(rest(soundManners));
});

test('eager, usual and patient are three settings, in that order', () => {
  const [eager, patient, usual] = ['eager', 'patient', 'usual'].map((name) => new Map(all).get(name)?.manners);
  if (!eager || !patient || !usual) throw new Error('one of them is missing');
  expect(usual).toEqual(soundManners);
  waits(usual).forEach((wait, i) => {
    expect(waits(eager)[i]).toBeLessThan(wait);
    expect(waits(patient)[i]).toBeGreaterThan(wait);
  });
});
