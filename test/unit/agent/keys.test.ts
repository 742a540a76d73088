import { expect, test } from 'vitest';
import type { DtmfKey } from '../../../harness/model/line.ts';
import { Talk } from './talk.ts';

const press = (talk: Talk, keys: string): string => {
  for (const key of keys) talk.cue({ kind: 'key', key: key as DtmfKey });
  return talk.said.at(-1) ?? '';
};

const upToPhone = (): Talk => {
  const talk = new Talk();
  talk.hear('a cleaning on tuesday at three for paula jones');
  return talk;
};

test('seven keys are a telephone number, and it is read back like one that was said', () => {
  expect(press(upToPhone(), '5550142')).toContain('phone five five five, zero one four two');
});

test('a number that ends too soon is asked for again, and the digits of the first try do not count', () => {
  const talk = upToPhone();
  expect(press(talk, '55501#')).toBe('I need seven digits. Could you type the number again?');
  expect(press(talk, '5550142#')).toContain('zero one four two');
});

test('a star begins anew', () => {
  expect(press(upToPhone(), '999*5550142')).toContain('five five five, zero one four two');
});

test('what was said before typing is not glued to what was typed', () => {
  const talk = upToPhone();
  talk.hear('five five');
  expect(press(talk, '5550142')).toContain('phone five five five, zero one four two');
});

test('a sound while she types does not make us ask again', () => {
  const talk = upToPhone();
  const said = talk.said.length;
  press(talk, '555');
  talk.hear('', 'uh');
  expect(talk.said).toHaveLength(said);
  expect(press(talk, '0142')).toContain('zero one four two');
});

test('one is yes and two is no, where a yes or a no was asked for, and nothing elsewhere', () => {
  const yes = upToPhone();
  press(yes, '5550142');
  press(yes, '1');
  expect(yes.commits).toHaveLength(1);
  press(yes, '2');
  expect(yes.hungUp).toBe(true);
  const no = upToPhone();
  press(no, '5550142');
  expect(press(no, '2')).toContain('What should I change?');
  expect(no.commits).toEqual([]);
  const other = upToPhone();
  press(other, '1');
  expect(other.commits).toEqual([]);
});

test('the second way of asking for the number offers to type it', () => {
  const talk = upToPhone();
  talk.hear('');
  expect(talk.hear('')).toContain('or type it in');
});

test('zero is a person, whatever was asked, and a digit inside a number', () => {
  for (const before of [[], ['a cleaning on tuesday'], ['how much is a crown'], ['', '', '']]) {
    const talk = new Talk();
    talk.hear(...before);
    expect(press(talk, '0')).toContain("I'm putting you through to the front desk");
    expect(talk.handOvers).toEqual(['front desk']);
  }
  const typing = upToPhone();
  press(typing, '5550');
  expect(typing.handOvers).toEqual([]);
  expect(press(typing, '142')).toContain('zero one four two');
});

test('a star repeats the question, where nothing was typed', () => {
  const talk = new Talk();
  const question = talk.hear('a cleaning');
  expect(press(talk, '*')).toBe(question);
});

test('zero goes to the desk she was on her way to, and asks nothing more', () => {
  const talk = new Talk();
  expect(talk.hear('i was charged twice on my bill')).toContain('May I have');
  press(talk, '0');
  expect(talk.handOvers).toEqual(['billing']);
});
