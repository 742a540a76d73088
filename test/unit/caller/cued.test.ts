import { expect, test } from 'vitest';
import { afterLine, emptyAgenda } from '../../../harness/caller/agenda.ts';
import type { Agenda } from '../../../harness/caller/agenda.ts';
import { cueGrammar, cuedChoice, isCued } from '../../../harness/caller/minds/cued.ts';
import { openMinds } from '../../../harness/run/minds.ts';
import { line } from '../../../harness/model/script.ts';
import type { Plan } from '../../../harness/model/plan.ts';
import { plainPlan } from './plans.ts';

const lines: Plan['lines'] = [
  line({ topic: 'opening', say: 'where is my parcel' }),
  {
    ...line({ topic: 'number', say: 'four seven', again: ['it is four seven'] }),
    when: ["What's the number?", 'parcel number'],
    onAgenda: false,
  },
  { ...line({ topic: 'street', say: 'twelve high street' }), when: ['the street'], onAgenda: false },
  line({ topic: 'goodbye', say: 'goodbye' }),
];
const plan: Plan = { ...plainPlan(), lines, stimuli: [] };

const having = (...said: readonly string[]): Agenda =>
  said.reduce<Agenda>((agenda, id) => {
    const found = lines.find((one) => one.id === id);
    if (!found) throw new Error(`no line ${id}`);
    return afterLine(agenda, { line: found, way: agenda.said[id] ?? 0 }, false);
  }, emptyAgenda);

test.each<[string, readonly string[], string, string, boolean]>([
  ['a phrase does not bring its line up', ['opening'], "well what's the number please", 'number', false],
  ['the phrase heard last is not the one that counts', ['opening'], 'parcel number and the street', 'street', false],
  [
    'a line said already comes before one that is due',
    ['opening', 'street'],
    'parcel number the street',
    'number',
    false,
  ],
  ['asked again she does not say it another way', ['opening', 'number'], 'parcel number', 'number', true],
  ['without a phrase the script does not go on', ['opening'], 'we will see', 'goodbye', false],
  ['a piece of another word counts as the phrase', ['opening'], 'the streets', 'goodbye', false],
])('%s', (_, said, heard, expected, again) => {
  const choice = cuedChoice(plan, { agenda: having(...said), why: 'turn', desk: undefined }, heard);
  expect(choice).toMatchObject({ kind: 'say', again, saying: { line: { id: expected } } });
});

test('phrases are no grammar an ear can be given, or a word nobody can pronounce is not named', async () => {
  expect(isCued(plan)).toBe(true);
  expect(cueGrammar(plan).jsgf).toContain("<phrase> = what's the number | parcel number | the street;");
  const minds = await openMinds([{ ...plan, mind: 'listener' }], 1);
  await minds.close();
  const odd = {
    ...plan,
    mind: 'listener' as const,
    lines: [{ ...line({ topic: 'a', say: 'a' }), when: ['the xyzzt number'] }],
  };
  await expect(openMinds([odd], 1)).rejects.toThrow(
    /waits for words of which the ear cannot pronounce "xyzzt"; write them/,
  );
});
