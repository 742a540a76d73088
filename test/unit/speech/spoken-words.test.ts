import { expect, test } from 'vitest';
import { read } from '../../../agent/ear/read.ts';
import { spokenWords } from '../../../harness/speech/spoken-words.ts';

const WRITTEN: readonly (readonly [string, string])[] = [
  ['Tuesday at 3 p.m., please!', 'tuesday at three p m please'],
  ['3PM', 'three p m'],
  ['At 10:30 AM.', 'at ten thirty a m'],
  ['10.30 a.m.', 'ten thirty a m'],
  ['9:05', 'nine oh five'],
  ['at 4:00', "at four o'clock"],
  ['15:30', 'three thirty p m'],
  ['1030 am', 'ten thirty a m'],
  ['I am here', 'i am here'],
  ['555-0142', 'five five five oh one four two'],
  ['555 0142.', 'five five five oh one four two'],
  ['(602) 555-0142', 'six oh two five five five oh one four two'],
  ['5550142', 'five five five oh one four two'],
  ['no, 9471', 'no nine four seven one'],
  ['5 5 5, 0 1 4 2', 'five five five zero one four two'],
  ['It is $80', 'it is eighty dollars'],
  ['$1,250.50', 'one thousand two hundred fifty dollars and fifty cents'],
  ['50% of 120', 'fifty percent of one hundred twenty'],
  ['the 21st', 'the twenty first'],
  ['the 30th', 'the thirtieth'],
  ['March 3', 'march third'],
  ['on March 12th, 2026', 'on march twelfth twenty twenty six'],
  ['12/25', 'december twenty fifth'],
  ['2026-03-14', 'march fourteenth twenty twenty six'],
  ['in 2005', 'in two thousand five'],
  ['a check-up', 'a check up'],
  ['Mm-hmm. Uh-huh.', 'mhm uh-huh'],
  ['Don\u2019t! It\u2019s 5 o\u2019clock', "don't it's five o'clock"],
  ['[BLANK_AUDIO] (laughs) \u266a *coughs*', ''],
  ['Dr. Smith & Mr. Jones', 'doctor smith and mister jones'],
  ['3.5', 'three point five'],
  ['', ''],
  ['... ?!', ''],
];

test.for(WRITTEN)('%s is not what was said', ([written, said]) => {
  expect(spokenWords(written)).toBe(said);
  expect(spokenWords(said)).toBe(said);
});

test('a transcript holds a value that the agent does not find in it', () => {
  const { slots } = read(spokenWords('Uh, Wednesday at 10:30 a.m., my number is 555-0142.'), 'day');
  expect(slots).toMatchObject({ day: 'wednesday', time: '10:30', phone: '5550142' });
  expect(read(spokenWords('No, make that 3 p.m.'), 'confirm').slots).toMatchObject({ time: '15:00' });
});
