import { expect, test } from 'vitest';
import type { Topic } from '../../../agent/ear/meaning.ts';
import { read } from '../../../agent/ear/read.ts';
import { readSlots } from '../../../agent/ear/slots.ts';
import { spokenTime, timeAt } from '../../../agent/ear/times.ts';

test.each([
  ['three', '15:00'],
  ['three thirty', '15:30'],
  ['ten a m', '10:00'],
  ["three o'clock in the afternoon", '15:00'],
  ['half past two', '14:30'],
  ['quarter to one', '12:45'],
  ['a quarter past nine', '09:15'],
  ['ten thirty in the morning', '10:30'],
  ['eight in the evening', '20:00'],
  ['twelve', '12:00'],
  ['noon', '12:00'],
  ['forty', undefined],
])('"%s" is %s', (text, time) => {
  expect(timeAt(text.split(' '), 0)?.time).toBe(time);
});

test.each([
  ['15:00', 'three'],
  ['10:30', 'ten thirty'],
  ['12:00', 'noon'],
  ['09:05', 'nine oh five'],
])('%s is said as "%s"', (time, said) => expect(spokenTime(time)).toBe(said));

test.each<[string, Topic, Record<string, string>]>([
  ['tuesday at three for paula jones', 'opening', { day: 'tuesday', time: '15:00', name: 'paula jones' }],
  ['thursday no wait tuesday', 'day', { day: 'tuesday' }],
  ['not monday wednesday', 'day', { day: 'wednesday' }],
  ['not on monday on wednesday', 'day', { day: 'wednesday' }],
  ['two no sorry three', 'time', { time: '15:00' }],
  ['three in the afternoon at eight', 'time', { time: '15:00' }],
  ['ten thirty no wait eleven', 'time', { time: '11:00' }],
  ['five five five oh one four two', 'phone', { phone: '5550142' }],
  ['double five five oh one four two', 'phone', { phone: '5550142' }],
  ['five five five oh one four three no wait four two', 'phone', { phone: '5550142' }],
  ['five five five nine nine nine nine no sorry five five five oh one four two', 'phone', { phone: '5550142' }],
  ['my number is five five five oh one four two', 'opening', { phone: '5550142' }],
  ['a check up on friday', 'opening', { service: 'check-up', day: 'friday' }],
])('"%s", asked about %s', (text, asked, slots) => {
  expect(readSlots(text.split(' '), asked).slots).toEqual(slots);
});

test('a bare number is no time unless a time was asked for', () => {
  expect(readSlots(['one'], 'opening').slots).toEqual({});
  expect(readSlots(['one'], 'time').slots).toEqual({ time: '13:00' });
});

test('part of a phone number is kept as digits, not taken for a number', () => {
  const read = readSlots(['five', 'five', 'five'], 'phone');
  expect(read.slots).toEqual({});
  expect(read.digits).toBe('555');
});

test('what was taken back in the same breath is known', () => {
  expect(readSlots(['thursday', 'no', 'tuesday'], 'day').dropped).toEqual({ day: 'thursday' });
});

test.each<[string, string | undefined, boolean]>([
  ['a question about my bill', 'billing', false],
  ['can i talk to the manager', 'manager', true],
  ['i want to speak to a person', 'front desk', true],
  ['what do you charge for a cleaning', undefined, false],
])('"%s" is for %s', (text, desk, person) => {
  const meaning = read(text, 'opening');
  expect([meaning.desk, meaning.person]).toEqual([desk, person]);
});

test.each(['move my appointment', 'change my appointment to another day'])('"%s" is a wish to move', (text) => {
  expect(read(text, 'opening').wish).toBe('move');
});
