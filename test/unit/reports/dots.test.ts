import { expect, test } from 'vitest';
import { MOST_DOTS, placed, thinned, thinnedText } from '../../../reports/site/charts/dots.ts';
import { instantOf, withInstants } from '../../../reports/site/instants.ts';

const dotsAt = (count: number, at: number): readonly number[] => Array.from({ length: count }, () => at);

test('a thousand replies after the same wait stay inside the row of their caller', () => {
  const dots = placed(
    dotsAt(1000, 230),
    () => 'ines',
    (value) => value,
    2000,
    54,
  );
  const offsets = dots.map(({ offset }) => offset);
  expect(offsets).toHaveLength(1000);
  expect(Math.max(...offsets.map(Math.abs))).toBeLessThan(1);
  expect(new Set(offsets).size).toBe(1000);
});

test('a few dots stand beside one another about the middle, and those of other callers or waits do not push them', () => {
  const all = [100, 100, 100, 1900];
  const offsets = placed(
    all,
    () => 'ines',
    (value) => value,
    2000,
    54,
  ).map(({ offset }) => offset);
  expect(offsets).toEqual([-1 / 3, 0, 1 / 3, 0]);
});

test('of too many dots the longest waits are kept, and the caption says how many are shown', () => {
  const all = Array.from({ length: 10 * MOST_DOTS }, (_, n) => n);
  const kept = thinned(all, (value) => value);
  expect(kept).toHaveLength(MOST_DOTS);
  expect(new Set(kept).size).toBe(MOST_DOTS);
  expect(kept.slice(0, 3)).toEqual([all.length - 1, all.length - 2, all.length - 3]);
  expect(Math.min(...kept)).toBeLessThan(20);
  expect(thinnedText(all.length)).toContain(`${MOST_DOTS} of them`);
  const few = all.slice(0, MOST_DOTS);
  expect(thinned(few, (value) => value)).toBe(few);
  expect(thinnedText(few.length)).toBe('');
});

const link = (call: string, at: number): string => `./call.html?id=${call}&amp;t=${at}`;

test('every place to hear in a sentence or a reason leads there, and nothing else in it does', () => {
  const sentence = 'Do not ship: it went on; hear maya at 1:02.5 of maya-book-1. Hear, hear.';
  expect(withInstants(sentence, link).html).toContain(
    '<a href="./call.html?id=maya-book-1&amp;t=62500">hear maya at 1:02.5 of maya-book-1</a>. Hear',
  );
  const reason = 'yield_rate: talked over (hear 0:01.1) & <b>';
  const { html } = withInstants(reason, link, 'ines-1');
  expect(html).toContain('(<a href="./call.html?id=ines-1&amp;t=1100">hear 0:01.1</a>)');
  expect(html).not.toContain('<b>');
  expect(withInstants(reason, link).html).not.toContain('<a');
  expect(instantOf(reason)).toBe(1100);
  expect(instantOf('late')).toBeUndefined();
});
