/** Sounds people make that flite would spell letter by letter, in spellings it says right. */
const RESPELLED: Readonly<Record<string, string>> = {
  mm: 'um',
  mmm: 'um',
  mhm: 'um hum',
  mmhm: 'um hum',
  hm: 'hum',
  hmm: 'hum',
  shh: 'sh',
};

/**
 * Text flite can be given: plain ASCII without control characters, accents dropped, interjections respelled.
 * Empty when nothing in it can be said.
 */
export function speakable(text: string): string {
  const plain = text
    .normalize('NFKD')
    .replaceAll(/[\u2018\u2019\u02bc]/g, "'")
    .replaceAll(/[\u2010-\u2015]/g, '-')
    .replaceAll('&', ' and ')
    .replaceAll(/[^\u0020-\u007e]+/g, (other) => (/\s/.test(other) ? ' ' : ''))
    .replaceAll(/[<>"`\\^_{}|~[\]]/g, ' ')
    .replaceAll(/[A-Za-z]+/g, (word) => RESPELLED[word.toLowerCase()] ?? word)
    .replaceAll(/\s+/g, ' ')
    .trim();
  return /[A-Za-z0-9]/.test(plain) ? plain : '';
}

/** The words of `text` as spoken tokens: split at spaces, punctuation around them dropped, lower case. */
export const tokensOf = (text: string): readonly string[] =>
  text
    .split(/\s+/)
    .map((token) => token.replaceAll(/^[^\p{L}\p{N}$]+|[^\p{L}\p{N}%]+$/gu, '').toLowerCase())
    .filter((token) => /[\p{L}\p{N}]/u.test(token));
