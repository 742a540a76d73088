import { expect, test } from 'vitest';
import { endOfTurn } from '../../../agent/ear/end-of-turn.ts';
import type { Topic } from '../../../agent/ear/meaning.ts';
import { soundManners as manners } from '../../../agent/manners.ts';

const patience = (text: string, asked: Topic): number => endOfTurn({ text, garbage: 0 }, asked, manners).patienceMs;

test.each<[string, Topic]>([
  ['five five five', 'phone'],
  ['five five five oh one', 'phone'],
  ['my number is five five', 'confirm'],
  ['my name is paula', 'opening'],
  ['tuesday um', 'day'],
  ['tuesday and', 'day'],
  ['on', 'day'],
  ['paula', 'name'],
  ['my name is', 'name'],
  ['no wait', 'confirm'],
  ["i'd like", 'opening'],
  ['', 'phone'],
  ['three in', 'time'],
])('"%s" about %s is not finished', (text, asked) => expect(patience(text, asked)).toBe(manners.unfinishedMs));

test.each<[string, Topic]>([
  ['five five five oh one four two', 'phone'],
  ['tuesday', 'day'],
  ['on tuesday', 'day'],
  ['three thirty', 'time'],
  ['paula jones', 'name'],
  ['how much', 'opening'],
  ['uh move my appointment', 'opening'],
  ['book uh cleaning', 'opening'],
  ["no that's all", 'more'],
  ["that's all", 'opening'],
  ['the bill', 'service'],
  ['sorry my name is paula jones', 'confirm'],
  ['sorry make that tuesday', 'confirm'],
])('"%s" about %s is complete', (text, asked) => expect(patience(text, asked)).toBe(manners.completeMs));

test('a number that seems one digit short is not waited for as if half of it were missing', () => {
  expect(patience('five five five oh one four', 'phone')).toBe(manners.nearlyMs);
});

test('an "uh" that the ear makes of words it does not know does not hold up the reply', () => {
  const half = (text: string): number => endOfTurn({ text, garbage: 0.5 }, 'opening', manners).patienceMs;
  expect(half('my bill uh')).toBe(manners.completeMs);
  expect(half('uh')).toBe(manners.unfinishedMs);
});

/** Patience after the words of `outline`, in which `~` is a word that nobody knows. */
const among = (outline: string, asked: Topic): number => {
  const all = outline.split(' ');
  const words = all.filter((word) => word !== '~');
  const heard = { text: words.join(' '), garbage: 1 - words.length / all.length, outline };
  return endOfTurn(heard, asked, manners).patienceMs;
};

test('words that nobody knows, behind a value or a piece of one, are not waited for as if the value were to come', () => {
  expect(among("friday it's ~ ~ ~", 'day')).toBeLessThan(manners.unfinishedMs);
  expect(among('nine oh oh um ~ ~ ~ ~ ~ ~', 'phone')).toBe(manners.unclearMs);
  expect(among('~ ~ ~ ~ ~ ~', 'phone')).toBe(manners.unheardMs);
  expect(among('uh actually three it is ~ around', 'name')).toBe(manners.openMs);
  expect(among('~ ~ oh ~ uh filling ~ ~ uh', 'more')).toBe(manners.openMs);
  expect(among('yes ~ actually', 'confirm')).toBe(manners.answeredMs);
});

test('the noise in a pause is not taken for words that end a number', () => {
  expect(among('~ ~ ~ ~ ~ five five five ~', 'phone')).toBe(manners.unfinishedMs);
  expect(among('~ friday ~ ~ around', 'day')).toBe(manners.unfinishedMs);
  expect(among('~ my name is peter ~', 'name')).toBe(manners.unfinishedMs);
  expect(among('yes actually', 'confirm')).toBe(manners.unfinishedMs);
});

test('"yes, that\'s right" is all of an answer, where "yes" may be half of one', () => {
  expect(patience("yes that's right", 'confirm')).toBe(manners.completeMs);
  expect(patience('yes exactly', 'confirm')).toBe(manners.completeMs);
});

test('a question is a whole turn, whatever was asked', () => {
  expect(patience('how late are you open', 'more')).toBe(manners.completeMs);
  expect(patience('what would that come to', 'more')).toBe(manners.completeMs);
});

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
