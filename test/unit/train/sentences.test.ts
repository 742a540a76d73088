import { expect, test } from 'vitest';
import { chance } from '../../../harness/model/seed.ts';
import { frozenSentences, isFrozen } from '../../../train/frozen.ts';
import { dictionaryLines, readDictionary } from '../../../train/language/dictionary.ts';
import { sentenceOf } from '../../../train/language/pattern.ts';
import { DOMAIN_WORDS, RULES, trainingSentence } from '../../../train/language/sentences.ts';
import { COMMON_WORDS } from '../../../train/language/words.ts';
import { STATE_NAMES } from '../../../train/measure/grammar.ts';

test('every word of the corpus can be pronounced', () => {
  expect(dictionaryLines(readDictionary(), [...DOMAIN_WORDS, ...COMMON_WORDS]).length).toBeGreaterThan(1500);
});

test('every rule expands, to words only', () => {
  const dice = chance(3);
  for (const rule of Object.keys(RULES)) {
    for (let n = 0; n < 20; n++) expect(sentenceOf(RULES, rule, dice)).toMatch(/^[a-z'.]+( (,|[a-z'.]+))*$/);
  }
});

test('the same seed says the same, another something else', () => {
  const say = (seed: number): string[] => {
    const dice = chance(seed);
    return Array.from({ length: 20 }, () => trainingSentence(dice));
  };
  expect(say(1)).toEqual(say(1));
  expect(say(1)).not.toEqual(say(2));
});

test('a frozen sentence is found with commas and inside a longer one', () => {
  const frozen = frozenSentences();
  expect(isFrozen('nine , three seven four', frozen)).toBe(true);
  expect(isFrozen('well yes that sounds about right to me i think', frozen)).toBe(true);
  expect(isFrozen('yes that works', frozen)).toBe(false);
});

test('the frozen list names known states, and no sentence twice', () => {
  const frozen = frozenSentences();
  expect(frozen.length).toBeGreaterThanOrEqual(40);
  expect(new Set(frozen.map(({ text }) => text)).size).toBe(frozen.length);
  for (const { state } of frozen) expect(STATE_NAMES).toContain(state);
});
