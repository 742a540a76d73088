/** The phones of the English models (ARPAbet without stress). */
const PHONES =
  'AA AE AH AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S SH T TH UH UW V W Y Z ZH'.split(' ');

const MARK = 'qq-';

/** Dictionary entries of the words that stand for anything outside a grammar: one per phone. */
export const garbageWords: readonly (readonly [word: string, phones: string])[] = PHONES.map((phone) => [
  `${MARK}${phone.toLowerCase()}`,
  phone,
]);

/** The rule `<garbage>`: any sequence of phones, hence any words. */
export const garbageRule = `<garbage> = (${garbageWords.map(([word]) => word).join(' | ')})+;`;

/** Phones of an average English word: turns a run of garbage phones into words. */
const PHONES_PER_WORD = 4;

/** Splits decoded words into those of the grammar and the number of words that fell to garbage. */
export function withoutGarbage(decoded: readonly string[]): {
  readonly words: readonly string[];
  readonly lost: number;
} {
  const words = decoded.filter((word) => !word.startsWith(MARK));
  return { words, lost: (decoded.length - words.length) / PHONES_PER_WORD };
}
