import { expect, test } from 'vitest';
import { rulesBrain } from '../../../agent/brain/rules.ts';
import { soundPolicy } from '../../../agent/brain/policy.ts';
import { Talk } from './talk.ts';

const booking = ["i'd like a cleaning", 'tuesday', 'three', "it's paula jones", 'five five five oh one four two'];
const booked = (): Talk => {
  const talk = new Talk();
  talk.hear(...booking, 'yes');
  return talk;
};

test.each([
  'oh actually can we make that thursday',
  'can you move it to thursday',
  'could you make it thursday',
  'sorry i meant thursday',
])('"%s", once it is booked, is read back alone and booked anew as a whole', (words) => {
  const talk = booked();
  const readBack = talk.hear(words);
  expect(readBack).toBe('Okay, Thursday. So now on Thursday at three. Is that right?');
  expect(talk.commits).toHaveLength(1);
  talk.hear('yes');
  expect(talk.commits.at(-1)).toMatchObject({
    action: 'book',
    values: { service: 'cleaning', day: 'thursday', time: '15:00', name: 'paula jones', phone: '5550142' },
  });
  expect(talk.said.at(-1)).toContain("You're booked for Thursday at three");
});

test('a few digits that mean nothing are asked about, not passed over', () => {
  const talk = booked();
  expect(talk.hear('one nine one')).toBe('Sorry, could you say that again?');
});

test('of a correction to what is booked only what is corrected counts', () => {
  const talk = booked();
  expect(talk.hear('one moment filling make that four')).toBe('Okay, four. So now on Tuesday at four. Is that right?');
});

test('a wish to move what was just booked, without a day, is asked for the day and keeps the rest', () => {
  const talk = booked();
  expect(talk.hear('could you move that')).toBe('Which day would you like instead?');
  talk.hear('friday', 'yes');
  expect(talk.commits.at(-1)).toMatchObject({ action: 'book', values: { day: 'friday', time: '15:00' } });
});

test('there and back again: the last value is booked, and the one in between is not spoken any more', () => {
  const talk = new Talk();
  talk.hear(...booking.slice(0, 2), 'no make that thursday');
  const before = talk.said.length;
  talk.hear('sorry tuesday', ...booking.slice(2), 'yes');
  expect(talk.commits.map(({ values }) => values['day'])).toEqual(['tuesday']);
  expect(talk.said.slice(before).join(' ')).not.toContain('Thursday');
});

test('a change of mind while the office is writing the old value down is not lost, nor is the old one announced', () => {
  const talk = booked();
  const [before, acts] = rulesBrain.take(
    rulesBrain.take(talk.dialogue, { kind: 'heard', text: 'make it thursday' }, soundPolicy)[0],
    { kind: 'heard', text: 'yes' },
    soundPolicy,
  );
  const commit = acts.find((act) => act.kind === 'office');
  if (commit?.kind !== 'office') throw new Error('nothing was committed');
  const [changed] = rulesBrain.take(before, { kind: 'heard', text: 'no wait friday' }, soundPolicy);
  const late = { kind: 'office', asked: commit.request, reply: { kind: 'done', id: '9' } } as const;
  const [after, said] = rulesBrain.take(changed, late, soundPolicy);
  expect(said).toEqual([]);
  const [, last] = rulesBrain.take(after, { kind: 'heard', text: 'yes' }, soundPolicy);
  expect(last).toMatchObject([{ kind: 'office', request: { values: { day: 'friday' } } }]);
});

test('an okay while the office is busy does not book twice', () => {
  const [waiting] = rulesBrain.take(booked().dialogue, { kind: 'heard', text: 'make it thursday' }, soundPolicy);
  const [busy] = rulesBrain.take(waiting, { kind: 'heard', text: 'yes' }, soundPolicy);
  for (const text of ['okay', 'yes', 'mhm', '']) {
    expect(rulesBrain.take(busy, { kind: 'heard', text }, soundPolicy)[1]).toEqual([]);
  }
});

test('to call off what was just booked asks for nothing again', () => {
  const talk = booked();
  expect(talk.hear('sorry please cancel that appointment')).toContain('I cancel your appointment on Tuesday');
  talk.hear('yes');
  expect(talk.commits.at(-1)).toMatchObject({ action: 'cancel', values: { name: 'paula jones', day: 'tuesday' } });
});

test('a correction that could be half a number or half a name too corrects the value before', () => {
  const moving = ['i want to move my appointment', 'frank lopez', 'tuesday', 'two'];
  for (const [told, words] of [
    [booking.slice(0, 3), 'uh lee no sorry four'],
    [moving, 'actually four'],
    [moving, 'no wait half past four'],
  ] as const) {
    const talk = new Talk();
    talk.hear(...told, words);
    expect(talk.dialogue.slots['time']).toMatch(/^16:/);
    expect(talk.said.slice(-1).join()).toMatch(/^Okay, four/);
  }
});

test('a digit corrected in the middle of a number is no new time', () => {
  const talk = new Talk();
  talk.hear('i want to move my appointment', 'frank lopez', 'tuesday', 'two', 'five five five oh', 'no sorry one');
  expect(talk.dialogue.slots['time']).toBe('14:00');
});
