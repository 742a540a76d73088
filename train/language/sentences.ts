import type { Chance } from '../../harness/model/seed.ts';
import { AGENT } from './agent.ts';
import { CALLER } from './caller.ts';
import { NUMBERS } from './numbers.ts';
import { sentenceOf, type Rules } from './pattern.ts';
import { COMMON_WORDS, FIRST_NAMES, LAST_NAMES } from './words.ts';

const NAMES: Rules = { first: FIRST_NAMES.join(' | '), last: LAST_NAMES.join(' | ') };

/** Every rule the training sentences come from. */
export const RULES: Rules = { ...NUMBERS, ...NAMES, ...CALLER, ...AGENT };

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];

/** Every word of the domain. */
export const DOMAIN_WORDS: readonly string[] = [
  ...new Set([
    ...LETTERS,
    ...Object.values(RULES)
      .join(' ')
      .replace(/<[^>]*>|[()[\]|,]/g, ' ')
      .split(/\s+/)
      .filter((word) => word !== ''),
  ]),
];

/**
 * A sentence to train on: words of the dictionary and commas for pauses.
 * A quarter are random words, so that the model learns sounds and not phrases.
 */
export function trainingSentence(dice: Chance): string {
  const kind = dice.next();
  if (kind < 0.5) return sentenceOf(RULES, 'caller', dice);
  if (kind < 0.66) return sentenceOf(RULES, 'agent', dice);
  if (kind < 0.72) return digitString(dice);
  if (kind < 0.74) return randomWords(dice, LETTERS);
  return randomWords(dice, kind < 0.84 ? DOMAIN_WORDS : kind < 0.88 ? [...FIRST_NAMES, ...LAST_NAMES] : COMMON_WORDS);
}

function digitString(dice: Chance): string {
  const count = 4 + Math.floor(dice.next() * 7);
  return Array.from({ length: count }, () => sentenceOf(RULES, 'digit', dice)).join(' ');
}

function randomWords(dice: Chance, from: readonly string[]): string {
  return Array.from({ length: 4 + Math.floor(dice.next() * 5) }, () => dice.pick(from)).join(' ');
}
