import { expect, test } from 'vitest';
import { GrowingWords, joined, plain } from '../../../agent/words.ts';
import type { Words } from '../../../agent/words.ts';

async function pieces(words: Words): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const piece of words.pieces()) found.push(piece);
  return found;
}

test('what is said again from the beginning, after a pause, lacks what had been made by then', async () => {
  const words = new GrowingWords(() => undefined);
  words.add('Sure,');
  const first = pieces(words);
  words.add('I can do that.');
  words.end();
  expect(await first).toEqual(['Sure,', 'I can do that.']);
  expect(await pieces(words)).toEqual(['Sure,', 'I can do that.']);
  expect(words.text).toBe('Sure, I can do that.');
});

test('a reply waits for the end of another that is said in the same breath, or is said before it', async () => {
  const growing = new GrowingWords(() => undefined);
  const both = joined([growing, plain('Anything else?')]);
  growing.add('It is done.');
  const all = pieces(both);
  growing.end();
  expect(await all).toEqual(['It is done.', 'Anything else?']);
});

test('of two replies said in one breath, the second is believed to have been heard', () => {
  const heard: string[] = [];
  const [first, second] = ['first', 'second'].map(
    (name) => new GrowingWords((words) => heard.push(`${name}: ${words}`)),
  );
  if (!first || !second) throw new Error('there are two');
  first.add('It is done.');
  second.add('Which day would you like?');
  joined([first, plain('Well.'), second]).over('it is done well which day');
  expect(heard).toEqual(['first: it is done', 'second: which day']);
});

test('texts that are all there are said as one, so that no pause comes between them', async () => {
  expect(await pieces(joined([plain('Of course.'), plain('Which day?')]))).toEqual(['Of course. Which day?']);
});
