import type { Heard } from '../../harness/model/speech.ts';
import type { Gist } from '../floor/state.ts';
import type { Manners } from '../manners.ts';
import { fillers, firstNames, isLight } from './lexicon.ts';
import type { Meaning, Topic } from './meaning.ts';
import { isEmpty, read } from './read.ts';
import { PHONE_DIGITS } from './slots.ts';

/** What the words so far say about the turn: what they amount to, and how long a silence may last after them. */
export interface TurnReading {
  readonly gist: Gist;
  readonly patienceMs: number;
}

/** Judges the words heard so far. Pure. */
export type EndOfTurn = (heard: Heard, asked: Topic, manners: Manners) => TurnReading;

const dangling = new Set([
  ...fillers,
  'and',
  'or',
  'but',
  'on',
  'at',
  'the',
  'a',
  'an',
  'my',
  'for',
  'to',
  'is',
  "it's",
  'of',
  'with',
  'like',
  'i',
  'because',
  'not',
  'about',
  'around',
  'want',
  'wait',
  'past',
  'double',
  "that's",
  'number',
  'name',
  'half',
  'quarter',
  "i'm",
  'this',
  'actually',
  'sorry',
  'make',
  'that',
  'your',
]);

const first = new Set(firstNames);
const filled = new Set(fillers);

/** A number that is not whole, as far as can be seen: the one asked for, or one she begins to correct. */
function numberBegun(meaning: Meaning, asked: Topic): boolean {
  if (meaning.digits !== undefined) return true;
  const due = asked === 'phone' || meaning.about === 'phone';
  return due && meaning.slots['phone'] === undefined && (asked !== 'phone' || meaning.answer === undefined);
}

/** "My name is Ines": the family name is still to come, whatever was asked. */
function nameBegun(meaning: Meaning, asked: Topic): boolean {
  const half = asked === 'name' && meaning.firstName !== undefined && meaning.lastName === undefined;
  return half || first.has(meaning.text.split(' ').at(-1) ?? '');
}

/** "What would that come to": a question may end in a small word. */
const whole = /\b(comes? to|it is|that is)$/;

/** "Actually, three it's": what the ear makes of the end of a sentence it does not know, behind a word that could be all. */
const garbled = /(?<= \S+) (it's|it is|that's)$/;

/** Ends in a way no finished sentence does. */
function leftHanging({ text }: Meaning): boolean {
  const words = text.replace(garbled, '').split(' ');
  return dangling.has(words.at(-1) ?? '') && !whole.test(text);
}

/** In the middle of a value, or of a sentence. */
const unfinished = (meaning: Meaning, asked: Topic): boolean =>
  numberBegun(meaning, asked) || nameBegun(meaning, asked) || leftHanging(meaning);

/** A digit is easily lost to its neighbour until the ear knows that no more will come: one short may be all. */
const nearlyWhole = ({ digits = '' }: Meaning): boolean => digits.length === PHONE_DIGITS - 1;

/** A question, or somebody asked for: all of something, whatever was asked. */
const asksForSomething = (meaning: Meaning): boolean =>
  meaning.questions.length > 0 || meaning.person || meaning.desk !== undefined;

/** The words answer what was asked, or say all of something. */
function complete(meaning: Meaning, asked: Topic): boolean {
  if (asked === 'opening') return asksForSomething(meaning);
  if (asked === 'confirm' || asked === 'more' || asked === 'consent')
    return meaning.answer !== undefined || meaning.bye || asksForSomething(meaning);
  return meaning.slots[asked] !== undefined || meaning.bye;
}

/** "Yes, that's right": who agrees twice is done. "No, that's all" is still to be thanked for. */
const agreesTwice = ({ text, answer }: Meaning): boolean => answer === 'yes' && text.split(' ').length > 2;

/** "No," is mostly followed by what is wrong, and "yes," now and then by more of the same. */
function afterAnswer(meaning: Meaning, asked: Topic, manners: Manners): number {
  const bare = Object.keys(meaning.slots).length === 0;
  if (asked === 'confirm' && bare && meaning.answer === 'no') return manners.refusedMs;
  const alone = bare && (meaning.answer !== undefined || meaning.bye) && !agreesTwice(meaning);
  return alone ? manners.answeredMs : manners.completeMs;
}

/** How long a silence may last after these words. */
function patienceAfter(meaning: Meaning, asked: Topic, manners: Manners): number {
  if (nearlyWhole(meaning)) return manners.nearlyMs;
  if (unfinished(meaning, asked)) return manners.unfinishedMs;
  if (complete(meaning, asked)) return afterAnswer(meaning, asked, manners);
  return isEmpty(meaning) ? manners.unclearMs : manners.openMs;
}

/**
 * The words without the "uh"s they end in, where something complete came before and there were sounds the ear could make
 * nothing of: it then makes an "uh" of the last of them too, and nobody should wait for that.
 */
function withoutTrailingFillers({ text, garbage }: Heard, asked: Topic): string {
  if (garbage === 0) return text;
  const words = text.split(' ');
  const last = words.findLastIndex((word) => !filled.has(word));
  const bare = words.slice(0, last + 1).join(' ');
  return bare !== '' && complete(read(bare, asked), asked) ? bare : text;
}

const stops = new Set(['wait', 'stop', 'no', 'nope', 'hold', 'hang', 'but', 'actually']);

/** Enough to act on, a word that stops people, or several words: a single stray word is what an ear makes of a sound. */
function means(meaning: Meaning): boolean {
  const words = meaning.text.split(' ');
  return !isEmpty(meaning) || words.length >= 3 || words.some((word) => stops.has(word));
}

/** The reference agent's end-of-turn by content (design.md section 8); the timing is the floor's. */
export const endOfTurn: EndOfTurn = (heard, asked, manners) => {
  const text = heard.text.trim();
  if (text === '') {
    const prior = asked === 'phone' ? manners.unfinishedMs : manners.unheardMs;
    return { gist: 'none', patienceMs: prior };
  }
  const meaning = read(withoutTrailingFillers({ ...heard, text }, asked), asked);
  const patienceMs = patienceAfter(meaning, asked, manners);
  const gist = isLight(text) ? 'backchannel' : means(meaning) ? 'content' : 'none';
  return { gist, patienceMs };
};
