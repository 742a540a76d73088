import type { WordTime } from '../model/audio.ts';

/** Words from which nobody knows yet what she wants: fillers, articles, pronouns, auxiliaries, prepositions. */
const EMPTY = new Set(
  (
    "a an and are as at be but can could did do does er for from had has have he her hi him his hm hmm i i'd i'll i'm i've " +
    "if in is it it's its like me mm my of oh on or our she so that the their them then there they this to uh um us was " +
    'we well were will with would you your'
  ).split(' '),
);

/** When the first word that carries meaning ends, ms; the first word at all when none does; undefined without words. */
export function intentOf(words: readonly WordTime[]): number | undefined {
  return (words.find(({ word }) => !EMPTY.has(word)) ?? words[0])?.end;
}
