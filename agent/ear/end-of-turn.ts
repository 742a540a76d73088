import type { Heard } from '../../harness/model/speech.ts';
import type { Gist } from '../floor/state.ts';
import type { Manners } from '../manners.ts';
import { fillers, firstNames, isLight } from './lexicon.ts';
import type { Meaning, Topic } from './meaning.ts';
import { isEcho, UNKNOWN, unknownAtTheEnd, wordsBefore } from './outline.ts';
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
  'in',
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
const whole = /\b(comes? to|it is|that is|(come|get|drop|fit me) in)$/;

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

/** What is to be done, with what it is to be done to: "book" alone is half of it. */
const wholeWish = ({ text, wish, slots }: Meaning): boolean =>
  slots['service'] !== undefined ||
  (wish !== undefined && /\b(appointment|cancel|reschedule|call me back)\b/.test(text));

/** "Sorry, my name is ...", "actually three": a value by its name, or in place of another. */
const revises = ({ correction, about, slots }: Meaning): boolean =>
  (correction || about !== undefined) && Object.keys(slots).length > 0;

/** The words answer what was asked, or say all of something. */
function complete(meaning: Meaning, asked: Topic): boolean {
  if (asked === 'opening') return asksForSomething(meaning) || wholeWish(meaning) || meaning.bye;
  if (asked === 'confirm' || asked === 'more' || asked === 'consent')
    return meaning.answer !== undefined || meaning.bye || asksForSomething(meaning) || revises(meaning);
  if (asked === 'service' && asksForSomething(meaning)) return true;
  return meaning.slots[asked] !== undefined || meaning.bye;
}

const saysYes = new Set('yes yeah yep correct right exactly perfect absolutely course sure fine'.split(' '));

/** "Yes, that's right", "yes, exactly": who agrees twice, or in so many words, is done. */
function agreesTwice({ text, answer }: Meaning): boolean {
  const words = text.split(' ');
  return answer === 'yes' && (words.length > 2 || words.filter((word) => saysYes.has(word)).length > 1);
}

/** Nothing but the no: not a word of what is wrong. */
const onlyNo = ({ text }: Meaning): boolean =>
  text.split(' ').every((word) => filled.has(word) || word === 'no' || word === 'nope');

/** "No," is mostly followed by what is wrong, and "yes," now and then by more of the same; a leave is the last word. */
function afterAnswer(meaning: Meaning, asked: Topic, manners: Manners): number {
  if (meaning.bye || Object.keys(meaning.slots).length > 0 || agreesTwice(meaning)) return manners.completeMs;
  if (asked === 'confirm' && meaning.answer === 'no') return onlyNo(meaning) ? manners.refusedMs : manners.unclearMs;
  return meaning.answer === undefined ? manners.completeMs : manners.answeredMs;
}

/** So many words that nobody knows behind the last known one: she did not stop in the middle of that, she went on. */
const GONE_ON = 4;

/** How long a silence may last after these words, and `beyond` more that nobody knows. */
function patienceAfter(meaning: Meaning, asked: Topic, beyond: number, manners: Manners): number {
  if (nearlyWhole(meaning)) return manners.nearlyMs;
  if (unfinished(meaning, asked)) return beyond >= GONE_ON ? manners.unclearMs : manners.unfinishedMs;
  if (complete(meaning, asked)) return afterAnswer(meaning, asked, manners);
  return isEmpty(meaning) ? manners.unclearMs : manners.openMs;
}

/** So is a small word right behind unknown ones, after a yes or a value in place of another: "three ~ around". */
const maybeEcho = (word: string, previous: string | undefined): boolean =>
  isEcho(word) || (previous === UNKNOWN && dangling.has(word));

/**
 * The words without what the ear made of sounds it did not know, where something complete came before it, a yes, or a
 * value in place of another. Nobody should wait for that.
 */
function withoutEchoes(heard: Heard, asked: Topic): string {
  if (heard.garbage === 0) return heard.text;
  const clean = wordsBefore(heard, isEcho);
  const known = read(clean, asked);
  const told = complete(known, asked) || (asked === 'more' && known.slots['service'] !== undefined);
  if (told && !leftHanging(known)) return clean;
  const rest = wordsBefore(heard, maybeEcho);
  const meaning = read(rest, asked);
  return revises(meaning) || meaning.answer === 'yes' ? rest : heard.text;
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
    // A number may begin with digits that are not heard yet; a whole sentence without one is no number.
    const mayBegin = asked === 'phone' && unknownAtTheEnd(heard) < GONE_ON;
    return { gist: 'none', patienceMs: mayBegin ? manners.unfinishedMs : manners.unheardMs };
  }
  const meaning = read(withoutEchoes({ ...heard, text }, asked), asked);
  const patienceMs = patienceAfter(meaning, asked, unknownAtTheEnd(heard), manners);
  const gist = isLight(text) ? 'backchannel' : means(meaning) ? 'content' : 'none';
  return { gist, patienceMs };
};
