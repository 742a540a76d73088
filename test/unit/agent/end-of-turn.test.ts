import { expect, test } from 'vitest';
import { endOfTurn } from '../../../agent/ear/end-of-turn.ts';
import type { Topic } from '../../../agent/ear/meaning.ts';
import { soundManners as manners } from '../../../agent/manners.ts';

const patience = (text: string, asked: Topic): number => endOfTurn({ text, garbage: 0 }, asked, manners).patienceMs;

test.each<[string, Topic]>([
  ['five five five', 'phone'],
  ['five five five oh one four', 'phone'],
  ['tuesday um', 'day'],
  ['tuesday and', 'day'],
  ['on', 'day'],
  ['paula', 'name'],
  ['my name is', 'name'],
  ['no wait', 'confirm'],
  ["i'd like", 'opening'],
  ['', 'phone'],
])('"%s" about %s is not finished', (text, asked) => expect(patience(text, asked)).toBe(manners.unfinishedMs));

test.each<[string, Topic]>([
  ['five five five oh one four two', 'phone'],
  ['tuesday', 'day'],
  ['on tuesday', 'day'],
  ['three thirty', 'time'],
  ['paula jones', 'name'],
  ['how much', 'opening'],
])('"%s" about %s is complete', (text, asked) => expect(patience(text, asked)).toBe(manners.completeMs));

test('a bare yes or no is not taken for the whole turn: "no," is mostly followed by what is wrong', () => {
  expect(patience('yes', 'confirm')).toBe(manners.answeredMs);
  expect(patience('no', 'confirm')).toBe(manners.refusedMs);
  expect(patience('no tuesday', 'confirm')).toBe(manners.completeMs);
});

test('words that show attention are told from words that mean something', () => {
  const gist = (text: string): string => endOfTurn({ text, garbage: 0 }, 'day', manners).gist;
  expect(['mhm', 'uh-huh', 'okay', 'yeah right', ''].map(gist)).toEqual([
    'backchannel',
    'backchannel',
    'backchannel',
    'backchannel',
    'none',
  ]);
  expect(['wait', 'no', 'okay tuesday', 'stop'].map(gist)).toEqual(['content', 'content', 'content', 'content']);
});
