import { expect, test } from 'vitest';
import { afterLine, emptyAgenda } from '../../../harness/caller/agenda.ts';
import type { Agenda } from '../../../harness/caller/agenda.ts';
import type { Choice } from '../../../harness/caller/mind.ts';
import { listenerChoice } from '../../../harness/caller/minds/listener.ts';
import { readAgent, timeInWords } from '../../../harness/caller/questions.ts';
import type { Plan } from '../../../harness/model/plan.ts';
import { scenarios } from '../../../harness/run/registry.ts';
import { plainPlan } from './plans.ts';

function having(plan: Plan, ...said: readonly string[]): Agenda {
  return said.reduce<Agenda>((agenda, id) => {
    const line = plan.lines.find((candidate) => candidate.id === id);
    if (!line) throw new Error(`no line ${id}`);
    return afterLine(agenda, { line, way: agenda.said[id] ?? 0 }, false);
  }, emptyAgenda);
}

const short = (choice: Choice): readonly unknown[] =>
  choice.kind === 'say' ? [choice.saying.line.id, choice.saying.way, choice.again] : [choice.kind];

const booking = plainPlan();

test.each<[string, readonly string[], string, readonly unknown[]]>([
  ['the greeting brings up what she called for', [], 'how can i help', ['opening', 0, false]],
  ['a question is answered out of order', ['opening'], 'your name', ['name', 0, false]],
  ['the last of two questions is the one', ['opening'], 'how can i help what time', ['time', 0, false]],
  ['asked again, she says the same thing another way', ['opening', 'day'], 'say that again', ['day', 1, true]],
  ['asked for it a third time she has a third way', ['opening', 'day', 'day'], 'which day', ['day', 2, true]],
  ['asked for what she has said, she says it again', ['opening', 'day', 'time'], 'which day', ['day', 1, true]],
  ['a question that never comes up on the agenda has its answer', ['opening'], 'come in for', ['service', 0, false]],
  [
    'a right read-back is confirmed',
    ['opening', 'day', 'time'],
    'tuesday at three is that right',
    ['confirm', 0, false],
  ],
  [
    'a read-back with the wrong day is corrected',
    ['opening', 'day'],
    'thursday at three is that right',
    ['fix:day', 0, false],
  ],
  [
    'a read-back with the wrong time is corrected',
    ['opening', 'day'],
    'tuesday at two is that right',
    ['fix:time', 0, false],
  ],
  [
    'a read-back with the wrong name is corrected',
    ['opening', 'day', 'time', 'name'],
    'tuesday at three for anna lee phone five five five zero one four two is that right',
    ['fix:name', 0, false],
  ],
  [
    'a read-back with a wrong digit is corrected',
    ['opening', 'day', 'time', 'name', 'phone'],
    'for paula jones phone five five five oh one four three is that right',
    ['fix:phone', 0, false],
  ],
  [
    'the right name and number are confirmed, whichever way a zero is said',
    ['opening', 'day', 'time', 'name', 'phone'],
    'tuesday at three for paula jones phone five five five zero one four two is that right',
    ['confirm', 0, false],
  ],
  [
    'an area code before the right number is no mistake',
    ['opening', 'day', 'time', 'name', 'phone'],
    'number two one two five five five zero one four two is that right',
    ['confirm', 0, false],
  ],
  [
    'corrected in vain, she corrects it again in other words',
    ['opening', 'name', 'fix:name'],
    'for anna lee is that right',
    ['fix:name', 1, true],
  ],
  [
    'asked what is wrong, she says her correction again',
    ['opening', 'name', 'fix:name'],
    'should i change',
    ['fix:name', 1, true],
  ],
  [
    'a stray word beside the right day does not matter',
    ['opening'],
    'sunday tuesday at three is that right',
    ['confirm', 0, false],
  ],
  ['asked for patience she waits', ['opening'], 'one moment', ['wait']],
  ['offered more she declines', ['opening', 'confirm'], 'anything else', ['anything-else', 0, false]],
  ['what she cannot place is answered by the script', ['opening'], '', ['day', 0, false]],
])('%s', (_, said, heard, expected) => {
  const choice = listenerChoice(
    booking,
    { agenda: having(booking, ...said), why: 'turn', desk: undefined },
    readAgent(heard),
  );
  expect(short(choice)).toEqual(expected);
});

test('a caller with two more questions asks them before she says that is all', () => {
  const plan = plainPlan([], 'price-and-hours');
  const after = (...said: readonly string[]): readonly unknown[] =>
    short(
      listenerChoice(plan, { agenda: having(plan, ...said), why: 'turn', desk: undefined }, readAgent('anything else')),
    );
  expect(after('opening')).toEqual(['hours', 0, false]);
  expect(after('opening', 'hours')).toEqual(['price', 0, false]);
  expect(after('opening', 'hours', 'price')).toEqual(['anything-else', 0, false]);
});

test('a correction she owes comes before any answer, and only once its slip was said', () => {
  const repair = { ...booking.lines[0], id: 'repair-day', topic: 'repair' } as Plan['lines'][number];
  const lines = booking.lines.flatMap((line) => (line.id === 'day' ? [line, repair] : [line]));
  const plan = { ...booking, lines };
  const next = (...said: readonly string[]): readonly unknown[] =>
    short(
      listenerChoice(plan, { agenda: having(plan, ...said), why: 'turn', desk: undefined }, readAgent('what time')),
    );
  expect(next('opening')).toEqual(['time', 0, false]);
  expect(next('opening', 'day')).toEqual(['repair-day', 0, false]);
  expect(next('opening', 'day', 'repair-day')).toEqual(['time', 0, false]);
});

test('a line that tells two things answers each of them', () => {
  const plan = plainPlan([], 'move-appointment');
  const choice = (heard: string): readonly unknown[] =>
    short(
      listenerChoice(plan, { agenda: having(plan, 'opening', 'name'), why: 'turn', desk: undefined }, readAgent(heard)),
    );
  expect(choice('which day')).toEqual(['when', 0, false]);
  expect(choice('what time')).toEqual(['when', 0, false]);
});

test('a name her ear does not know is confirmed, whatever it sounded like', () => {
  const line = (id: string): Plan['lines'][number] | undefined => booking.lines.find((one) => one.id === id);
  const named = { ...line('name'), facts: { name: 'zbigniew kowalski' } } as Plan['lines'][number];
  const plan = { ...booking, lines: booking.lines.map((one) => (one.id === 'name' ? named : one)) };
  const moment = { agenda: having(plan, 'opening', 'name'), why: 'turn', desk: undefined } as const;
  expect(short(listenerChoice(plan, moment, readAgent('for anna lee is that right')))).toEqual(['confirm', 0, false]);
});

test('a desk is answered by fact, waited for while it thinks, and left when it is satisfied', () => {
  const plan = plainPlan([], 'bill-question');
  const agenda = having(plan, 'opening');
  const at = (desk: { question: { fact: string; text: string } | undefined; satisfied: boolean }): readonly unknown[] =>
    short(listenerChoice(plan, { agenda, why: 'turn', desk }, readAgent('')));
  expect(at({ question: { fact: 'name', text: '' }, satisfied: false })).toEqual(['desk:name', 0, false]);
  expect(at({ question: undefined, satisfied: false })).toEqual(['wait']);
  expect(at({ question: undefined, satisfied: true })).toEqual(['goodbye', 0, false]);
});

test('times are compared in the words an agent uses', () => {
  expect(['15:00', '10:30', '08:45', '12:00', '00:15'].map(timeInWords)).toEqual([
    'three',
    'ten thirty',
    'eight forty five',
    'noon',
    'twelve fifteen',
  ]);
  expect(readAgent('friday at ten thirty is that right').times).toEqual(['ten thirty']);
  expect(() => timeInWords('10:07')).toThrow(/10:07/);
});

test.each([...(await scenarios())])('whoever calls for %s can correct what is to be committed', (_, scenario) => {
  const checked = ['day', 'time', 'name', 'phone'];
  const slots = scenario.expect.commit?.slots.filter((slot) => checked.includes(slot)) ?? [];
  const topics = scenario.lines.map((line) => line.topic);
  expect(slots.filter((slot) => !topics.includes(`fix:${slot}`))).toEqual([]);
});
