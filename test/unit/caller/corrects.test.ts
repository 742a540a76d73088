import { expect, test } from 'vitest';
import { plainPlan } from './plans.ts';
import { textCall } from './text-call.ts';

const call = (misheard: (words: string, time: number) => string, scenario = 'book-cleaning') =>
  textCall(plainPlan([], scenario), misheard);

const right = { name: 'paula jones', phone: '5550142', day: 'tuesday', time: '15:00', service: 'cleaning' };

/** The first `count` times one thing is heard for another. */
const mishears =
  (from: string, to: string, count = 1) =>
  (words: string, time: number): string =>
    time <= count ? words.replace(from, to) : words;

test('what was understood is confirmed at once, without a correction', () => {
  const talk = call((words) => words);
  expect(talk.lines.filter((id) => id.startsWith('fix:'))).toEqual([]);
  expect(talk.commits.map(({ values }) => values)).toEqual([right]);
  expect(talk.hungUp).toBe(true);
});

test.each([
  ['a name', mishears('paula jones', 'anna lee')],
  ['half of a name', mishears('jones', 'thomas')],
  ['a name twice', mishears('paula jones', 'anna lee', 2)],
  ['a digit', mishears('oh one four two', 'oh one four three')],
  ['a digit twice', mishears('oh one four two', 'oh one five two', 2)],
  ['a name, and then the correction not at all', (words: string, time: number) => nothingAfterNo(words, time)],
])('%s misheard is put right before anything is booked', (_, misheard) => {
  const talk = call(misheard);
  expect(talk.lines.some((id) => id.startsWith('fix:'))).toBe(true);
  expect(talk.commits.map(({ values }) => values)).toEqual([right]);
  expect(talk.handOvers).toEqual([]);
  expect(talk.hungUp).toBe(true);
});

function nothingAfterNo(words: string, time: number): string {
  if (!words.includes('paula jones')) return words;
  return time === 1 ? words.replace('paula jones', 'anna lee') : time === 2 ? 'no' : words;
}

test('a name that is never understood is not booked under another', () => {
  const talk = call((words) => words.replace('paula jones', 'anna lee'));
  expect(talk.commits).toEqual([]);
  expect(talk.handOvers).toEqual(['front desk']);
});

test('a move is put right like a booking', () => {
  const talk = call(mishears('paula jones', 'anna lee'), 'move-appointment');
  expect(talk.commits.map(({ values }) => values['name'])).toEqual(['paula jones']);
});
