/**
 * Sound shapes of English that are no word of any grammar: what falls to them was something else. Syllables with
 * consonants on both sides cost a fifth of a loop of single phones (whose contexts multiply) and refuse as well.
 */
const SHAPES = [
  'AH N D, IH T S, AE T, W ER K, S IY K, N OW N, L EH S T, K AA R, T AY M, Y UW S, S EY M',
  'TH IH NG, W AO L, L AH V, HH AW S, M IY T, W EH N T, S IH T IY, K AA M AH N, B R AH DH ER',
  'P IH K CH ER, L AY T, B IY N, HH AE P AH N, F AO R, G EH T, N OW B AA D IY, R IY L IY',
  'V IH L AH JH, SH UH D',
].flatMap((row) => row.split(', '));

/** Begins the name of every word that is thrown away when heard. */
export const MARK = 'qq-';

/** Dictionary entries of the words that stand for anything outside a grammar. */
export const garbageWords: readonly (readonly [word: string, phones: string])[] = SHAPES.map((phones) => [
  `${MARK}${phones.replaceAll(' ', '').toLowerCase()}`,
  phones,
]);

/** The rule `<garbage>`: one word outside the grammar. */
export const garbageRule = `<garbage> = ${garbageWords.map(([word]) => word).join(' | ')};`;

/** Splits decoded words into those of the grammar and the number that fell to garbage. */
export function withoutGarbage(decoded: readonly string[]): {
  readonly words: readonly string[];
  readonly lost: number;
  /** All of them in order, with `~` in place of garbage. */
  readonly outline: string;
} {
  const words = decoded.filter((word) => !word.startsWith(MARK));
  const outline = decoded.map((word) => (word.startsWith(MARK) ? '~' : word)).join(' ');
  return { words, lost: decoded.length - words.length, outline };
}
