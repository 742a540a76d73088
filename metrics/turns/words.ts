import type { HeardWord } from '../../harness/model/activity.ts';
import type { CallView } from '../../harness/model/metric.ts';
import type { Evidence } from '../../harness/model/record.ts';
import { after, type Ms } from '../../harness/model/time.ts';
import { claimsOf, type Claimed } from './claims.ts';

/** What a metric of the agent's words can be fed by: an ear, or the agent's own claims. */
export const WORDS: readonly Evidence[] = ['ear', 'claims'];

/** A claimed text says where its words lie only by their lengths: they may be off by this (ms). */
const SPREAD_ERROR = 150;

/** The agent's words in order, bare of case and marks: as an ear heard them, else as it claims. Undefined: not seen. */
export function wordsOf(call: CallView): readonly HeardWord[] | undefined {
  const { words } = call.activity;
  if (words) return words.flatMap((word) => plainWords(word.text).map((text) => ({ ...word, text })));
  const claims = claimsOf(call, 'said');
  return claims.length === 0 ? undefined : claims.flatMap(spread);
}

/** Lower-case words of a text, without marks: "Okay, Tuesday." is okay, tuesday. */
export const plainWords = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .replaceAll('’', "'")
    .split(/[^a-z0-9']+/)
    .map((word) => word.replace(/^'+|'+$/g, ''))
    .filter((word) => word !== '');

/** Words whose middle lies in a stretch. */
export const wordsBetween = (words: readonly HeardWord[], from: number, to: number): readonly HeardWord[] =>
  words.filter((word) => (word.from + word.to) / 2 >= from && (word.from + word.to) / 2 <= to);

/** Where `phrase` (bare words, apart by spaces) begins in `words`; undefined: nowhere. */
export function findPhrase(words: readonly { readonly text: string }[], phrase: string): number | undefined {
  const parts = phrase.split(' ');
  const found = words.findIndex((_, at) => parts.every((part, i) => words[at + i]?.text === part));
  return found < 0 ? undefined : found;
}

/** Which of `phrases` is said in `words` first, and by which word on. */
export function firstOf(
  words: readonly HeardWord[],
  phrases: readonly string[],
): { readonly phrase: string; readonly at: HeardWord } | undefined {
  const found = phrases.flatMap((phrase) => {
    const at = findPhrase(words, phrase);
    return at === undefined ? [] : [{ phrase, index: at }];
  });
  const [first] = found.toSorted((a, b) => a.index - b.index || b.phrase.length - a.phrase.length);
  const at = first && words[first.index];
  return first && at ? { phrase: first.phrase, at } : undefined;
}

/** Words of a claim, spread over its time by their lengths. */
function spread({ text, from, to }: Claimed): HeardWord[] {
  const words = plainWords(text);
  const total = words.reduce((sum, word) => sum + word.length + 1, 0);
  let before = 0;
  const at = (letters: number): Ms => after(from, total === 0 ? 0 : ((to - from) * letters) / total);
  return words.map((word) => {
    const start = at(before);
    before += word.length + 1;
    return { text: word, from: start, to: at(before), u: SPREAD_ERROR };
  });
}
