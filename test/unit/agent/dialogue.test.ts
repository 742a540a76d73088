import { expect, test } from 'vitest';
import { soundPolicy } from '../../../agent/brain/policy.ts';
import { Talk } from './talk.ts';

const booking = ["i'd like a cleaning", 'tuesday', 'three', "it's paula jones", 'five five five oh one four two'];

test('a booking asks one thing at a time, reads back, and commits only after a yes', () => {
  const talk = new Talk();
  expect(talk.hear("i'd like to book a cleaning")).toBe('Which day would you like?');
  expect(talk.hear('tuesday')).toBe('What time suits you?');
  expect(talk.hear('three in the afternoon')).toBe("What's your first and last name?");
  expect(talk.hear("it's paula jones")).toBe("What's the best phone number?");
  const readBack = talk.hear('five five five oh one four two');
  expect(readBack).toContain('cleaning on Tuesday at three, for Paula Jones');
  expect(talk.commits).toEqual([]);
  talk.hear('yes');
  expect(talk.commits).toEqual([
    {
      kind: 'commit',
      action: 'book',
      values: { service: 'cleaning', day: 'tuesday', time: '15:00', name: 'paula jones', phone: '5550142' },
    },
  ]);
  talk.hear("no that's all");
  expect(talk.hungUp).toBe(true);
});

test('values given out of order or all at once are not asked for again', () => {
  const talk = new Talk();
  expect(talk.hear('a cleaning on tuesday at three for paula jones')).toBe("What's the best phone number?");
});

test('a correction replaces the value wherever it comes, and the old one is not spoken again', () => {
  const talk = new Talk();
  talk.hear("i'd like a cleaning", 'thursday');
  const reply = talk.hear('no wait tuesday');
  expect(reply).toContain('Tuesday');
  expect(reply).not.toContain('Thursday');
  talk.hear('three', 'paula jones', 'five five five oh one four two');
  expect(talk.hear('no make that friday')).toContain('Friday');
  talk.hear('yes');
  expect(talk.commits.map(({ values }) => values['day'])).toEqual(['friday']);
});

test('a change of mind after the confirmation is read back and committed again', () => {
  const talk = new Talk();
  talk.hear(...booking, 'yes', 'actually make it wednesday', 'yes');
  expect(talk.commits.map(({ values }) => values['day'])).toEqual(['tuesday', 'wednesday']);
});

test('going back to the first value keeps the first value', () => {
  const talk = new Talk();
  talk.hear(...booking, 'no make that friday', 'sorry tuesday after all', 'yes');
  expect(talk.commits.at(-1)?.values['day']).toBe('tuesday');
});

test('a phone number in pieces is put together', () => {
  const talk = new Talk();
  talk.hear("i'd like a cleaning", 'tuesday', 'three', 'paula jones', 'five five five');
  expect(talk.hear('oh one four two')).toContain('five five five, zero one four two');
});

test('a number said twice with a digit missing is asked for again, not glued together', () => {
  const talk = new Talk();
  talk.hear("i'd like a cleaning", 'tuesday', 'three', 'paula jones', 'five five five one four two');
  expect(talk.hear('five five five one four two')).toContain('phone number');
  expect(talk.hear('five five five oh one four two')).toContain('five five five, zero one four two');
});

test('moving an appointment commits a move with the new day and time', () => {
  const talk = new Talk();
  expect(talk.hear("i'd need to move my appointment")).toBe("What's your first and last name?");
  expect(talk.hear('ines garcia')).toBe('Which day would you like instead?');
  talk.hear('would friday work around ten thirty in the morning', 'five five five oh one nine nine', 'yes perfect');
  expect(talk.commits[0]).toMatchObject({
    action: 'move',
    values: { day: 'friday', time: '10:30', name: 'ines garcia' },
  });
});

test('prices and hours are answered without booking anything', () => {
  const talk = new Talk();
  expect(talk.hear('how much is a cleaning')).toBe('A cleaning is ninety dollars. Anything else?');
  expect(talk.hear('okay and what are your hours on friday')).toContain('eight to six');
  expect(talk.hear('and a filling what would that come to')).toContain('filling');
  talk.hear("no that's all");
  expect(talk.commits).toEqual([]);
  expect(talk.handOvers).toEqual([]);
  expect(talk.hungUp).toBe(true);
});

test('a day or a service after an answer is another question, not the start of a booking', () => {
  const talk = new Talk();
  talk.hear('how much is a cleaning');
  expect(talk.hear('friday')).toContain('eight to six');
  expect(talk.hear('filling')).toContain('A filling is');
  expect(talk.dialogue.wish).toBeUndefined();
});

test('she may leave at any point', () => {
  const talk = new Talk();
  talk.hear("i'd like a cleaning", "that's all goodbye");
  expect(talk.hungUp).toBe(true);
});

test('a bill goes to billing, with the name asked at most once', () => {
  const named = new Talk();
  named.hear('this is henry clark mistake on my bill');
  expect(named.handOvers).toEqual(['billing']);
  expect(named.dialogue.slots['name']).toBe('henry clark');
  const unnamed = new Talk();
  expect(unnamed.hear('a question about my bill')).toContain('first and last name');
  unnamed.hear('please put me through to a person');
  expect(unnamed.handOvers).toEqual(['billing']);
});

test('a turn that is not understood is asked for again, then differently, then a person is offered', () => {
  const talk = new Talk();
  talk.hear("i'd like a cleaning");
  const first = talk.hear('');
  const second = talk.hear('');
  expect(first).toBe('Sorry, could you say that again?');
  expect(second).toContain('just the day');
  expect(talk.hear('')).toBe("I still can't hear you well. Would you like me to put you through to the front desk?");
  expect(talk.handOvers).toEqual([]);
});

test('a turn understood after a repair starts the ladder anew', () => {
  const talk = new Talk();
  talk.hear("i'd like a cleaning", '', 'tuesday');
  expect(talk.hear('')).toBe('Sorry, could you say that again?');
});

test('a read-back refused twice without a new value goes to a person', () => {
  const talk = new Talk();
  talk.hear(...booking, 'no');
  expect(talk.handOvers).toEqual([]);
  talk.hear('no');
  expect(talk.handOvers).toEqual(['front desk']);
});

test('a yes to what should be changed is no yes to what was refused', () => {
  const talk = new Talk();
  talk.hear(...booking, 'no');
  expect(talk.said.at(-1)).toContain('What should I change?');
  expect(talk.hear('yes')).toContain('Is that right?');
  expect(talk.commits).toEqual([]);
  talk.hear('yes');
  expect(talk.commits).toHaveLength(1);
});

test('a name or a number read back wrong is replaced and read back again', () => {
  const talk = new Talk();
  talk.hear(...booking.slice(0, 3), 'anna lee', 'five five five oh one four three');
  expect(talk.hear('no the name is paula jones')).toContain(
    'for Paula Jones, phone five five five, zero one four three',
  );
  expect(talk.hear('no number is five five five oh one four two')).toContain('zero one four two');
  talk.hear('yes');
  expect(talk.commits.at(-1)?.values).toMatchObject({ name: 'paula jones', phone: '5550142' });
});

test.each([
  ['no the name is', 'first and last name'],
  ['no the name is paula jones', 'first and last name'],
  ['no my number is', 'number slowly'],
])('a correction that was misheard, "%s", asks for that value alone and not for the rest', (said, asked) => {
  const talk = new Talk();
  talk.hear(...booking);
  expect(talk.hear(said)).toContain(asked);
  expect(talk.commits).toEqual([]);
  const again = asked.includes('name') ? "it's henry clark" : 'five five five oh one nine nine';
  expect(talk.hear(again)).toContain('Is that right?');
  talk.hear('yes');
  expect(talk.commits).toHaveLength(1);
  expect(talk.handOvers).toEqual([]);
});

test('a question after the booking is answered without booking it again', () => {
  const talk = new Talk();
  talk.hear(...booking, 'yes');
  expect(talk.hear('what are your hours')).toMatch(/eight to six.*Anything else/);
  talk.hear('no thanks');
  expect(talk.commits).toHaveLength(1);
  expect(talk.hungUp).toBe(true);
});

test('a desk that does not answer leads to the front desk, then to a message', () => {
  const talk = new Talk();
  talk.hear('this is henry clark mistake on my bill');
  talk.cue({ kind: 'desk-failed', desk: 'billing' });
  expect(talk.handOvers).toEqual(['billing', 'front desk']);
  talk.cue({ kind: 'desk-failed', desk: 'front desk' });
  expect(talk.said.at(-1)).toContain('take a message');
  expect(talk.hear('yes please')).toContain('phone');
  talk.hear('five five five oh one four two', 'yes');
  expect(talk.commits.at(-1)).toMatchObject({ action: 'message', values: { name: 'henry clark', phone: '5550142' } });
});

test('who asks to be called back, where nobody is there, leaves a message', () => {
  const talk = new Talk();
  talk.hear('this is henry clark mistake on my bill');
  talk.cue({ kind: 'desk-failed', desk: 'billing' });
  talk.cue({ kind: 'desk-failed', desk: 'front desk' });
  expect(talk.hear('uh call me back please')).toContain('phone');
});

test('a time that is taken is answered with times that are free', () => {
  const talk = new Talk(soundPolicy, (request) =>
    request.kind === 'free'
      ? { kind: 'free', times: ['10:00', '14:30'] }
      : request.kind === 'commit' && request.values['time'] === '15:00'
        ? { kind: 'refused', why: 'taken' }
        : { kind: 'done', id: '7' },
  );
  expect(talk.hear(...booking, 'yes')).toContain('ten or two thirty');
  talk.hear('two thirty', 'yes');
  expect(talk.commits.at(-1)?.values['time']).toBe('14:30');
});

test('a yes to a read-back that was cut before the values is not a confirmation', () => {
  const talk = new Talk();
  talk.hear(...booking);
  talk.cue({ kind: 'cut', heard: 'So cleaning on' });
  talk.hear('yes');
  expect(talk.commits).toEqual([]);
  talk.hear('yes');
  expect(talk.commits).toHaveLength(1);
});

test('who mumbles on while she is asked to say it again has failed once, not twice', () => {
  const talk = new Talk();
  const sorry = talk.hear('');
  talk.cue({ kind: 'heard', text: '', began: 'before-our-end' });
  expect(talk.said.at(-1)).toBe(sorry);
  expect(talk.hear('')).not.toBe(sorry);
  expect(talk.hear('')).toMatch(/Would you like me to put you through/);
  expect(talk.handOvers).toEqual([]);
  talk.hear('');
  expect(talk.handOvers).toEqual(['front desk']);
});

test('a noise that never ends is not asked for ever', () => {
  const talk = new Talk();
  for (let turn = 0; turn < 5; turn++) talk.cue({ kind: 'heard', text: '', began: 'before-our-end' });
  expect(talk.handOvers).toEqual(['front desk']);
});

test('a filling asked about after a price is not taken for the billing desk, and the billing desk still is', () => {
  const asked = new Talk();
  asked.hear('how much is a cleaning');
  expect(asked.hear('oh billing')).toContain('filling');
  expect(asked.handOvers).toEqual([]);
  const wanted = new Talk();
  wanted.hear('how much is a cleaning');
  expect(wanted.hear('can i talk to billing')).toContain('billing');
});

test('a caller whom nobody understands is not sent for ever to a desk that did not answer', () => {
  const talk = new Talk();
  talk.hear("it's paula jones about a refund");
  talk.cue({ kind: 'desk-failed', desk: 'billing' });
  talk.cue({ kind: 'desk-failed', desk: 'front desk' });
  const sent = talk.handOvers.length;
  talk.hear('', '', '');
  expect(talk.handOvers).toHaveLength(sent);
  expect(talk.commits.at(-1)).toMatchObject({ action: 'message', values: { name: 'paula jones', for: 'billing' } });
  expect(talk.hungUp).toBe(true);
});

test('"no, sorry, three", over the next question, corrects the answer to the one before', () => {
  const talk = new Talk();
  talk.hear("i'd like a cleaning", 'tuesday', 'two in the afternoon');
  talk.cue({ kind: 'cut', heard: "what's your" });
  expect(talk.hear('uh no sorry three')).toContain('three');
});

test('who speaks into the goodbye is not hung up on without a word', () => {
  const talk = new Talk();
  talk.hear('how much is a crown', "no that's all");
  expect(talk.hungUp).toBe(true);
  talk.cue({ kind: 'cut', heard: '' });
  expect(talk.hear('thank you')).toBe('Goodbye.');
  const { length } = talk.said;
  talk.hear('bye');
  expect(talk.said).toHaveLength(length);
});

test('a "please" that comes after the reply has begun does not cost her that reply', () => {
  const talk = new Talk();
  const reply = talk.hear('uh cleaning');
  talk.cue({ kind: 'cut', heard: '' });
  expect(talk.hear('please')).toBe(reply);
  expect(talk.dialogue.misses).toBe(0);
});
