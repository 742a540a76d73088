import { expect, test } from 'vitest';
import { Talk } from './talk.ts';

/** Three turns that nobody understood: the last of them is answered with the offer. */
const offered = (...before: readonly string[]): Talk => {
  const talk = new Talk();
  talk.hear(...before, '', '', '');
  expect(talk.said.at(-1)).toContain('Would you like me to put you through');
  expect(talk.handOvers).toEqual([]);
  return talk;
};

test.each(['yes', 'all right thank you', 'okay', 'sure go ahead', 'yes please do', 'mhm', 'yes to a person please'])(
  '"%s" to the offer of a person puts her through at once',
  (words) => {
    const talk = offered("i'd like a cleaning");
    expect(talk.hear(words)).toContain("I'm putting you through to the front desk");
    expect(talk.handOvers).toEqual(['front desk']);
  },
);

test('who does not answer the offer, or cannot be understood once more, is put through', () => {
  const mute = offered();
  mute.cue({ kind: 'silence' });
  const mumbling = offered();
  mumbling.hear('uh um');
  const unknown = offered();
  unknown.cue({ kind: 'heard', text: 'oh', mostly: 'unknown' });
  for (const talk of [mute, mumbling, unknown]) {
    expect(talk.said.at(-1)).toContain("I can't hear you well. I'm putting you through");
    expect(talk.handOvers).toEqual(['front desk']);
  }
});

test('a no to the offer is taken, and she is asked for what is missing; it is not made a trap', () => {
  const talk = offered("i'd like a cleaning");
  expect(talk.hear("no that's not needed")).toBe('Of course. Which day would you like?');
  expect(talk.hear('tuesday')).toContain('What time');
  talk.hear('', '', '');
  expect(talk.said.at(-1)).toContain('Would you like me to put you through');
  expect(talk.handOvers).toEqual([]);
});

test('the answer itself, given to the offer, is taken: nobody need be put through any more', () => {
  const talk = offered("i'd like a cleaning", 'tuesday');
  expect(talk.hear('three')).toContain('name');
  expect(talk.dialogue.slots['time']).toBe('15:00');
  expect(talk.dialogue.offered).toBeUndefined();
});

test('who was on her way to a desk is offered that desk', () => {
  const talk = offered('i was charged twice on my bill');
  talk.hear('yes');
  expect(talk.handOvers).toEqual(['billing']);
});

test('one answers yes and two answers no to the offer, by key', () => {
  const yes = offered();
  yes.cue({ kind: 'key', key: '1' });
  expect(yes.handOvers).toEqual(['front desk']);
  const no = offered();
  no.cue({ kind: 'key', key: '2' });
  expect(no.handOvers).toEqual([]);
  expect(no.said.at(-1)).toContain('What can I do for you?');
});

test('what is not even noticed after a repair is the next failure: nobody is asked the plain question over and over', () => {
  const talk = new Talk();
  talk.hear("i'd like a cleaning", '', '');
  talk.cue({ kind: 'silence' });
  expect(talk.said.at(-1)).toContain('Would you like me to put you through');
  expect(talk.hungUp).toBe(false);
});

test('a sound that is no turn counts once two ways of asking have failed, and not before', () => {
  const talk = new Talk();
  talk.hear("i'd like a cleaning", '');
  const { length } = talk.said;
  talk.cue({ kind: 'sound' });
  expect(talk.said).toHaveLength(length);
  talk.hear('');
  talk.cue({ kind: 'sound' });
  expect(talk.said.at(-1)).toContain('Would you like me to put you through');
  talk.cue({ kind: 'sound' });
  expect(talk.handOvers).toEqual([]);
});

test('who wants no person and cannot be understood after that either is called back, not asked for ever', () => {
  const talk = offered("i'd like a cleaning");
  talk.hear('no', '', '', '');
  expect(talk.said.at(-1)).toContain('somebody will call you back');
  expect([talk.hungUp, talk.handOvers]).toEqual([true, []]);
});

test('half a name in a mumble is a failure like any other: she is not asked four times before a person is offered', () => {
  const talk = new Talk();
  talk.hear('a cleaning on tuesday at three');
  expect(talk.hear('uh peter')).toContain('first and last name');
  expect(talk.hear('')).toContain("I'm having trouble hearing you");
  expect(talk.hear('')).toContain('Would you like me to put you through');
});

test('a name in two halves is a name', () => {
  const talk = new Talk();
  talk.hear('a cleaning on tuesday at three', 'paula', 'jones');
  expect(talk.dialogue.slots['name']).toBe('paula jones');
  expect(talk.said.at(-1)).toContain('phone number');
  expect(talk.hear('')).toBe('Sorry, could you say that again?');
});
