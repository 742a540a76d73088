import type { Heard } from '../../harness/model/speech.ts';
import type { Gist } from '../floor/state.ts';
import type { Manners } from '../manners.ts';
import { fillers, isLight } from './lexicon.ts';
import type { Meaning, Topic } from './meaning.ts';
import { isEmpty, read } from './read.ts';

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
]);

/** Ends in a way no finished sentence does, or in the middle of a value. */
function unfinished(meaning: Meaning, asked: Topic): boolean {
  const words = meaning.text.split(' ');
  const end = words.at(-1) ?? '';
  if (meaning.digits !== undefined) return true;
  if (asked === 'phone' && meaning.slots['phone'] === undefined && meaning.answer === undefined) return true;
  const half = asked === 'name' && meaning.firstName !== undefined && meaning.lastName === undefined;
  return half || dangling.has(end);
}

/** The words answer what was asked, or say all of something. */
function complete(meaning: Meaning, asked: Topic): boolean {
  if (asked === 'confirm' || asked === 'more' || asked === 'consent')
    return meaning.answer !== undefined || meaning.bye;
  if (asked === 'opening') return meaning.questions.length > 0 || meaning.person || meaning.desk !== undefined;
  return meaning.slots[asked] !== undefined || meaning.bye;
}

/** "No," is mostly followed by what is wrong, and "yes," now and then by more of the same. */
function afterAnswer(meaning: Meaning, asked: Topic, manners: Manners): number {
  const bare = Object.keys(meaning.slots).length === 0;
  if (asked === 'confirm' && bare && meaning.answer === 'no') return manners.refusedMs;
  return bare && (meaning.answer !== undefined || meaning.bye) ? manners.answeredMs : manners.completeMs;
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
    const prior = asked === 'phone' ? manners.unfinishedMs : manners.unclearMs;
    return { gist: 'none', patienceMs: prior };
  }
  const meaning = read(text, asked);
  const patienceMs = unfinished(meaning, asked)
    ? manners.unfinishedMs
    : complete(meaning, asked)
      ? afterAnswer(meaning, asked, manners)
      : isEmpty(meaning)
        ? manners.unclearMs
        : manners.openMs;
  const gist = isLight(text) ? 'backchannel' : means(meaning) ? 'content' : 'none';
  return { gist, patienceMs };
};
