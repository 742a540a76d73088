import { expect, test } from 'vitest';
import { chance } from '../../../../harness/model/seed.ts';
import { LEAST_VALUES, shiftOf } from '../../../../metrics/statistics/shift.ts';

test('a step between two halves is found where it is, with the medians of both sides', () => {
  const shift = shiftOf([410, 395, 402, 407, 399, 520, 511, 530, 515, 508]);
  expect(shift).toMatchObject({ at: 5, before: 402, after: 515 });
  expect(shift?.p).toBeLessThan(0.02);
});

test('the chance of the clearest shift of eight values is 2 in 70, as counted by hand', () => {
  // Both halves sorted apart: 2 x 4! x 4! of 8! orders have it.
  expect(shiftOf([1, 2, 3, 4, 5, 6, 7, 8])?.p).toBeCloseTo(2 / 70, 2);
});

test('too few values tell nothing, and values that are all the same have not shifted', () => {
  expect(shiftOf(Array.from({ length: LEAST_VALUES - 1 }, (_, i) => i))).toBeUndefined();
  expect(shiftOf(Array.from({ length: 12 }, () => 400))?.p).toBe(1);
});

test('values without a shift are said to have one no oftener than one time in twenty', () => {
  const dice = chance(11);
  const rows = Array.from({ length: 300 }, () => Array.from({ length: 14 }, () => dice.normal()));
  const alarms = rows.filter((row) => (shiftOf(row)?.p ?? 1) < 0.05).length;
  // 15 expected; more than 26 would happen one time in 300.
  expect(alarms).toBeLessThanOrEqual(26);
  expect(alarms).toBeGreaterThan(3);
});

test('the same values give the same chance', () => {
  const values = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3];
  expect(shiftOf(values)).toEqual(shiftOf(values));
});
