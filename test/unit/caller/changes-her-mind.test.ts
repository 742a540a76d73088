import { expect, test } from 'vitest';
import { textCall } from './text-call.ts';
import changesHerMind from '../../../personas/habits/changes-her-mind.ts';
import { ledgerOf, wavering } from './wavering.ts';

const PLACES = ['in-turn', 'next-turn', 'after-confirmation', 'twice'];
const WHY = ['book-cleaning', 'move-appointment', 'cancel-visit', 'leave-message'];
const calls = WHY.flatMap((scenario) =>
  PLACES.flatMap((where) => [1, 2, 3].map((seed) => [scenario, where, seed] as const)),
);

test.each(calls)(
  '%s, changing her mind %s (seed %d): the last value is committed, and no other after it',
  (scenario, where, seed) => {
    const plan = wavering(scenario, where, seed);
    const talk = textCall(plan);
    const last = talk.commits.at(-1);
    expect(last?.action).toBe(plan.expect.commit?.action);
    const told = ledgerOf(plan);
    for (const slot of plan.expect.commit?.slots ?? []) expect([slot, last?.values[slot]]).toEqual([slot, told[slot]]);
    expect(talk.commits).toHaveLength(where === 'after-confirmation' ? 2 : 1);
    expect(talk.handOvers).toEqual([]);
    expect(talk.hungUp).toBe(true);
  },
);

test('after the confirmation she brings it up when she is asked whether there is anything else, and not before', () => {
  const { lines } = textCall(wavering('book-cleaning', 'after-confirmation', 1));
  const [confirmed, later] = [lines.indexOf('confirm'), lines.findIndex((id) => id.startsWith('repair-'))];
  expect(later).toBe(confirmed + 1);
  expect(lines.slice(later + 1)[0]).toBe('confirm');
});

test('a value she still wants is insisted on when it is read back wrong, although she will change it later', () => {
  const plan = wavering('move-appointment', 'after-confirmation', 2);
  const slot = Object.keys(plan.lines.find(({ topic }) => topic === 'second-thoughts')?.facts ?? {})[0] ?? '';
  const wrong = plan.lines.find(({ topic, facts }) => topic === `fix:${slot}` && facts[slot] !== ledgerOf(plan)[slot]);
  expect(wrong?.onAgenda).toBe(false);
});

test('a place to change one’s mind that does not exist is refused in a sentence', () => {
  expect(() => wavering('book-cleaning', 'never', 1)).toThrow('after-confirmation, twice');
  expect(changesHerMind.summary).toContain('booked');
});
