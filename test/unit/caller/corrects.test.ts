import { expect, test } from 'vitest';
import { afterLine, emptyAgenda } from '../../../harness/caller/agenda.ts';
import type { Agenda } from '../../../harness/caller/agenda.ts';
import { listenerChoice } from '../../../harness/caller/minds/listener.ts';
import { readAgent } from '../../../harness/caller/questions.ts';
import { wordsOf } from '../../../harness/model/script.ts';
import { Talk } from '../agent/talk.ts';
import { plainPlan } from './plans.ts';

const MOST_TURNS = 25;

const plain = (text: string): string => text.toLowerCase().replace(/[^a-z' ]/g, '');

/** A whole call in text; `misheard` is what becomes of her words on their way to the agent. */
function call(
  misheard: (words: string, time: number) => string,
  scenario = 'book-cleaning',
): Talk & { lines: string[] } {
  const plan = plainPlan([], scenario);
  const talk = Object.assign(new Talk(), { lines: [] as string[] });
  const times = new Map<string, number>();
  let agenda: Agenda = emptyAgenda;
  for (let turn = 0; turn < MOST_TURNS && !talk.hungUp && talk.handOvers.length === 0; turn++) {
    const heard = plain(talk.said.at(-1) ?? '');
    const choice = listenerChoice(plan, { agenda, why: 'turn', desk: undefined }, readAgent(heard));
    if (choice.kind !== 'say') break;
    const { line, way } = choice.saying;
    const pieces = way === 0 ? line.pieces : (line.again[way - 1]?.pieces ?? line.pieces);
    talk.lines.push(line.id);
    agenda = afterLine(agenda, choice.saying, false);
    const slot = line.facts['name'] !== undefined ? 'name' : line.facts['phone'] !== undefined ? 'phone' : line.id;
    times.set(slot, (times.get(slot) ?? 0) + 1);
    talk.hear(misheard(plain(wordsOf(pieces)), times.get(slot) ?? 1));
  }
  return talk;
}

const right = { name: 'paula jones', phone: '5550142', day: 'tuesday', time: '15:00', service: 'cleaning' };

/** The first `count` times one thing is heard for another. */
const mishears =
  (from: string, to: string, count = 1) =>
  (words: string, time: number): string =>
    time <= count ? words.replace(from, to) : words;

test('what was understood is confirmed at once, without a correction', () => {
  const talk = call((words) => words);
  expect(talk.lines.filter((id) => id.startsWith('fix:'))).toEqual([]);
  expect(talk.commits.map(({ values }) => values)).toEqual([right]);
  expect(talk.hungUp).toBe(true);
});

test.each([
  ['a name', mishears('paula jones', 'anna lee')],
  ['half of a name', mishears('jones', 'thomas')],
  ['a name twice', mishears('paula jones', 'anna lee', 2)],
  ['a digit', mishears('oh one four two', 'oh one four three')],
  ['a digit twice', mishears('oh one four two', 'oh one five two', 2)],
  ['a name, and then the correction not at all', (words: string, time: number) => nothingAfterNo(words, time)],
])('%s misheard is put right before anything is booked', (_, misheard) => {
  const talk = call(misheard);
  expect(talk.lines.some((id) => id.startsWith('fix:'))).toBe(true);
  expect(talk.commits.map(({ values }) => values)).toEqual([right]);
  expect(talk.handOvers).toEqual([]);
  expect(talk.hungUp).toBe(true);
});

function nothingAfterNo(words: string, time: number): string {
  if (!words.includes('paula jones')) return words;
  return time === 1 ? words.replace('paula jones', 'anna lee') : time === 2 ? 'no' : words;
}

test('a name that is never understood is not booked under another', () => {
  const talk = call((words) => words.replace('paula jones', 'anna lee'));
  expect(talk.commits).toEqual([]);
  expect(talk.handOvers).toEqual(['front desk']);
});

test('a move is put right like a booking', () => {
  const talk = call(mishears('paula jones', 'anna lee'), 'move-appointment');
  expect(talk.commits.map(({ values }) => values['name'])).toEqual(['paula jones']);
});
