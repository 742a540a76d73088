import { expect, test } from 'vitest';
import { Talk } from './talk.ts';

const silent = (talk: Talk, times = 1): string => {
  for (let time = 0; time < times; time++) talk.cue({ kind: 'silence' });
  return talk.said.at(-1) ?? '';
};

test('silence is met with the question, then with another way of asking it, then with a goodbye', () => {
  const talk = new Talk();
  talk.hear("i'd like a cleaning");
  expect(silent(talk)).toBe('Which day would you like?');
  expect(silent(talk)).toBe('Are you still there? Could you tell me just the day?');
  expect(talk.hungUp).toBe(false);
  expect(silent(talk)).toContain("I'll let you go");
  expect(talk.hungUp).toBe(true);
});

test.each(['hold on', 'one moment please', 'just a second'])(
  'after "%s" she is left alone for half a minute, and only then asked after',
  (words) => {
    const talk = new Talk();
    talk.hear("i'd like a cleaning");
    expect(talk.hear(words)).toBe('Of course, take your time.');
    const said = talk.said.length;
    silent(talk, 3);
    expect(talk.said).toHaveLength(said);
    expect(silent(talk)).toBe('Are you still there? Which day would you like?');
  },
);

test.each(['', 'okay', 'um', 'mhm'])(
  'who comes back with no more than "%s" is welcomed on, not started over',
  (text) => {
    const talk = new Talk();
    talk.hear("i'd like a cleaning", 'hold on');
    silent(talk, 2);
    expect(talk.hear(text)).toBe('Welcome back. Which day would you like?');
    expect(talk.dialogue.misses).toBe(0);
    expect(talk.hear('tuesday')).toBe('What time suits you?');
  },
);

test('who comes back with the answer is simply gone on with', () => {
  const talk = new Talk();
  expect(talk.hear("i'd like a cleaning", 'hold on', 'tuesday')).toBe('What time suits you?');
});

test('an okay after a pause to look something up is no yes to what was read back', () => {
  const talk = new Talk();
  talk.hear('a cleaning on tuesday at three for paula jones', 'five five five oh one four two', 'hold on');
  expect(talk.hear('okay')).toMatch(/^Welcome back\. So cleaning on Tuesday.*Is that right\?$/);
  expect(talk.commits).toEqual([]);
});

test('a slow office is explained once, and silence meanwhile is nobody’s fault', () => {
  const talk = new Talk(undefined, () => ({ kind: 'done', id: '1' }));
  talk.hear('a cleaning on tuesday at three for paula jones', 'five five five oh one four two');
  talk.slow = true;
  talk.hear('yes');
  talk.cue({ kind: 'office-slow' });
  talk.cue({ kind: 'office-slow' });
  const said = talk.said.length;
  silent(talk, 2);
  expect(talk.said).toHaveLength(said);
  expect(talk.said.filter((text) => text === 'One moment, please.')).toHaveLength(1);
  talk.answer();
  expect(talk.said.at(-1)).toContain("You're booked");
});

test('two slow questions in a row are one wait', () => {
  const talk = new Talk(undefined, (request) =>
    request.kind === 'free' ? { kind: 'free', times: ['10:00'] } : { kind: 'refused', why: 'taken' },
  );
  talk.slow = true;
  talk.hear('a cleaning on tuesday at three for paula jones', 'five five five oh one four two', 'yes');
  talk.cue({ kind: 'office-slow' });
  talk.answer();
  talk.cue({ kind: 'office-slow' });
  talk.answer();
  expect(talk.said.filter((text) => text === 'One moment, please.')).toHaveLength(1);
  expect(talk.said.at(-1)).toContain('I have ten');
});

test('an office that answers at once needs no patience', () => {
  const talk = new Talk();
  talk.hear('a cleaning on tuesday at three for paula jones', 'five five five oh one four two', 'yes');
  talk.cue({ kind: 'office-slow' });
  expect(talk.said).not.toContain('One moment, please.');
});
