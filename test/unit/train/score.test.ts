import { expect, test } from 'vitest';
import { editDistance, mark } from '../../../train/measure/score.ts';

test('a dropped, an added and a changed word each cost one', () => {
  expect(editDistance(['a', 'b', 'c'], ['a', 'c'])).toBe(1);
  expect(editDistance(['a', 'c'], ['a', 'b', 'c'])).toBe(1);
  expect(editDistance(['a', 'b'], ['a', 'x'])).toBe(1);
  expect(editDistance([], ['a', 'b'])).toBe(2);
  expect(editDistance(['a', 'b'], [])).toBe(2);
});

test('a slot with one digit missing is not right', () => {
  const said = 'my number is five five two oh';
  expect(mark(said, said)).toMatchObject({ slots: 2, rightSlots: 2, errors: 0 });
  expect(mark(said, 'my number is five five oh')).toMatchObject({ slots: 2, rightSlots: 1 });
});

test('a day that nobody said is counted as invented', () => {
  expect(mark('yes please', 'yes friday').invented).toBe(1);
});
