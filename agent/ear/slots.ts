import type { Facts } from '../../harness/model/plan.ts';
import { digits as digitNames, firstNames, lastNames, services, weekdays } from './lexicon.ts';
import type { Topic } from './meaning.ts';
import { timeAt } from './times.ts';

/** Digits of a phone number here. */
export const PHONE_DIGITS = 7;

/** A value found at a place among the words. */
interface Found {
  readonly slot: string;
  readonly value: string;
  readonly at: number;
}

/** Values read from heard words. */
export interface SlotsRead {
  readonly slots: Facts;
  readonly dropped: Facts;
  readonly digits: string | undefined;
  readonly firstName: string | undefined;
  readonly lastName: string | undefined;
}

const first = new Set(firstNames);
const last = new Set(lastNames);
const daySet = new Set([...weekdays, 'today', 'tomorrow']);
const timeLeads = new Set([
  'at',
  'around',
  'about',
  'by',
  'that',
  'it',
  'to',
  'till',
  'until',
  'for',
  'say',
  'said',
  'meant',
  'mean',
  'actually',
]);

const repairs = new Set(['no', 'wait', 'sorry', 'actually', 'meant', 'mean', 'make']);

/** Runs of digit words from `at`: `five five five oh one double four two`. */
function digitsAt(words: readonly string[], at: number): { digits: string; words: number } {
  let digits = '';
  let index = at;
  while (index < words.length) {
    const twice = words[index] === 'double';
    const digit = digitNames[words[twice ? index + 1 : index] ?? ''];
    if (digit === undefined) break;
    digits += twice ? digit + digit : digit;
    index += twice ? 2 : 1;
  }
  return { digits, words: index - at };
}

const negated = (words: readonly string[], at: number): boolean =>
  words[at - 1] === 'not' || (words[at - 2] === 'not' && ['on', 'at', 'the', 'for'].includes(words[at - 1] ?? ''));

function days(words: readonly string[]): readonly Found[] {
  return words.flatMap((word, at) =>
    daySet.has(word) && !negated(words, at) ? [{ slot: 'day', value: word, at }] : [],
  );
}

function kinds(words: readonly string[]): readonly Found[] {
  return words.flatMap((word, at) => {
    const value = services[`${word} ${words[at + 1] ?? ''}`] ?? services[word];
    return value !== undefined && !negated(words, at) ? [{ slot: 'service', value, at }] : [];
  });
}

/** Times, leaving out bare numbers unless a time was asked for or a word before them says so, and runs of digits. */
function times(words: readonly string[], asked: Topic): readonly Found[] {
  const found: Found[] = [];
  let full = false;
  for (let at = 0; at < words.length; at++) {
    const run = digitsAt(words, at);
    if (run.digits.length >= 3 || (asked === 'phone' && run.words > 0)) {
      at += run.words - 1;
      continue;
    }
    const time = timeAt(words, at);
    if (!time) continue;
    const sure = !time.bare || asked === 'time' || asked === 'day' || timeLeads.has(words[at - 1] ?? '');
    // After a full time, a bare number is a time only when it takes the first one back.
    const stray = time.bare && full && !words.slice(0, at).some((word) => repairs.has(word));
    if (sure && !stray && !negated(words, at)) found.push({ slot: 'time', value: time.time, at });
    full ||= !time.bare;
    at += time.words - 1;
  }
  return found;
}

function names(words: readonly string[]): readonly Found[] {
  return words.flatMap((word, at) => {
    const family = words[at + 1] ?? '';
    return first.has(word) && last.has(family) && !negated(words, at)
      ? [{ slot: 'name', value: `${word} ${family}`, at }]
      : [];
  });
}

/**
 * A phone number said in one or several groups. A repair that follows replaces the last digits by as many new ones,
 * or the whole number when it is said anew.
 */
function phone(words: readonly string[], asked: Topic): string {
  let digits = '';
  let repairing = false;
  for (let at = 0; at < words.length; at++) {
    const run = digitsAt(words, at);
    if (run.words === 0) {
      repairing ||= digits !== '' && repairs.has(words[at] ?? '');
      continue;
    }
    if (asked === 'phone' || run.digits.length >= 3 || digits !== '') {
      if (repairing && digits.length >= run.digits.length) digits = digits.slice(0, digits.length - run.digits.length);
      digits += run.digits;
      repairing = false;
    }
    at += run.words - 1;
  }
  return digits;
}

/** A payment card has 13 digits or more (ISO/IEC 7812-1). */
const CARD_DIGITS = 13;

/** A run that long is a card read out: none of it is kept. A number said twice is one number. */
const isCard = (digits: string): boolean =>
  digits.length >= CARD_DIGITS && digits !== digits.slice(0, PHONE_DIGITS).repeat(2);

const lastOf = (found: readonly Found[]): Facts => Object.fromEntries(found.map(({ slot, value }) => [slot, value]));

/** Earlier, different values of a slot that was said more than once. */
function droppedOf(found: readonly Found[], kept: Facts): Facts {
  return Object.fromEntries(
    found.filter(({ slot, value }) => kept[slot] !== value).map(({ slot, value }) => [slot, value]),
  );
}

/** Reads the slots in `words`, given what was `asked` about. */
export function readSlots(words: readonly string[], asked: Topic): SlotsRead {
  const found = [...days(words), ...kinds(words), ...times(words, asked), ...names(words)];
  const heard = phone(words, asked);
  const digits = isCard(heard) ? '' : heard;
  const slots = lastOf(found);
  const whole = digits.length >= PHONE_DIGITS;
  const naming = asked === 'name' && slots['name'] === undefined;
  return {
    slots: whole ? { ...slots, phone: digits.slice(-PHONE_DIGITS) } : slots,
    dropped: droppedOf(found, slots),
    digits: whole || digits === '' ? undefined : digits,
    firstName: naming ? words.findLast((word) => first.has(word)) : undefined,
    lastName: naming ? words.findLast((word) => last.has(word)) : undefined,
  };
}
