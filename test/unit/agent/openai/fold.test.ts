import { expect, test } from 'vitest';
import { toldIn } from '../../../../agent/chat/notes.ts';
import { tools } from '../../../../agent/chat/tools.ts';
import { fold } from '../../../../agent/openai/fold.ts';
import type { Entry } from '../../../../agent/openai/fold.ts';

const all: ReadonlySet<string> = new Set(tools.map(({ name }) => name));
const nothing: ReadonlySet<string> = new Set();

const told = (text: string): Entry => ({ kind: 'told', told: toldIn(text) });
const said = (text: string): Entry => ({ kind: 'said', text });

/** A talk in which every answer was heard whole. */
function talk(...turns: readonly string[]): readonly Entry[] {
  return turns.reduce<readonly Entry[]>((entries, turn) => {
    const asked = [...entries, told(turn)];
    const { words } = fold(asked, all);
    return words === '' ? asked : [...asked, said(words)];
  }, []);
}

const readBack = talk(
  '[the call begins]',
  'book a cleaning on tuesday at three',
  'maya lopez',
  'five five five zero one four two',
);

test('a call begins with a greeting, and a stranger who begins with her words gets none', () => {
  expect(fold([], all).words).toMatch(/^Bright Smile Dental/);
  expect(fold([told('[the call begins]')], all).words).toMatch(/^Bright Smile Dental/);
  expect(fold([told('what does a filling cost')], nothing).words).toMatch(/hundred and fifty dollars/);
});

test('a yes is booked, once, by the tool', () => {
  const yes = fold([...readBack, told('yes')], all);
  expect(yes.uses.map(({ name }) => name)).toEqual(['office_commit']);
  const [use] = yes.uses;
  if (!use) throw new Error('nothing is booked');
  const used: readonly Entry[] = [...readBack, told('yes'), { kind: 'used', id: 'u', use }];
  expect(fold([...used, told('[sound]')], all).uses).toEqual([]);
  const done: Entry = { kind: 'result', id: 'u', text: '{"kind":"done","id":"r"}' };
  expect(fold([...used, done], all)).toMatchObject({ uses: [], words: expect.stringMatching(/Anything else\?$/) });
  const pending: Entry = { kind: 'result', id: 'u', text: '{"kind":"pending"}' };
  expect(fold([...used, pending], all).words).toBe('');
  const late = told('[office_commit answers: {"kind":"done","id":"r"}]');
  expect(fold([...used, pending, late], all).words).toMatch(/Anything else\?$/);
});

test('a deed in an answer that was cut off before it, or never asked for, is not lost', () => {
  const twice = fold([...readBack, told('yes'), told("that's right")], all);
  expect(twice.uses.map(({ name }) => name)).toEqual(['office_commit']);
  const bye = [...talk('[the call begins]'), told('no thank you goodbye'), said('Thank')];
  expect(fold([...bye, told('[cutting in] bye')], all).uses.map(({ name }) => name)).toContain('hang_up');
});

test('where no tool is offered none is called, and the office of one own takes everything', () => {
  const yes = fold([...readBack, told('yes')], nothing);
  expect(yes.uses).toEqual([]);
  expect(yes.words).toMatch(/booked.*Anything else\?$/);
  const person = fold(
    [...talk('[the call begins]'), told('i have a question about my bill'), said('?'), told('maya lopez')],
    nothing,
  );
  expect(person).toMatchObject({ uses: [], words: expect.stringMatching(/billing/) });
});

test('a read-back of which the values were not heard is read again', () => {
  const [last] = readBack.slice(-1);
  const begun = last?.kind === 'said' ? last.text.split(' ').slice(0, 3).join(' ') : '';
  const cut = [...readBack.slice(0, -1), said(begun), told('[cutting in] yes')];
  expect(fold(cut, all)).toMatchObject({ uses: [], words: expect.stringMatching(/Is that right\?$/) });
  const unheard = [...readBack.slice(0, -1), told('[cutting in] yes')];
  expect(fold(unheard, all).uses).toEqual([]);
});

test('a desk that did not take her is followed by another, and a tool used wrongly by an excuse', () => {
  const bill = talk('[the call begins]', 'i have a question about my bill');
  const over = fold([...bill, told('maya lopez')], all);
  const [use] = over.uses;
  expect(use && JSON.parse(use.arguments)).toMatchObject({ desk: 'billing', facts: { name: 'maya lopez' } });
  if (!use) return;
  const failed: readonly Entry[] = [
    ...bill,
    told('maya lopez'),
    said(over.words),
    { kind: 'used', id: 'u', use },
    { kind: 'result', id: 'u', text: '{"kind":"desk-failed","desk":"billing"}' },
  ];
  const next = fold(failed, all);
  expect(next.words).toContain('front desk');
  expect(next.uses.map((one) => JSON.parse(one.arguments) as object)).toMatchObject([{ desk: 'front desk' }]);
});
