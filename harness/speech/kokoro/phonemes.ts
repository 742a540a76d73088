import { tokensOf } from '../flite/text.ts';

/** flite's phones (ARPAbet, lower case) in Kokoro's own letters: IPA with one letter to a diphthong or affricate. */
const LETTERS: Readonly<Record<string, string>> = {
  aa: '\u0251',
  ae: '\u00e6',
  ah: '\u028c',
  ao: '\u0254',
  aw: 'W',
  ax: '\u0259',
  ay: 'I',
  b: 'b',
  ch: '\u02a7',
  d: 'd',
  dh: '\u00f0',
  eh: '\u025b',
  er: '\u025c\u0279',
  ey: 'A',
  f: 'f',
  g: '\u0261',
  hh: 'h',
  ih: '\u026a',
  iy: 'i',
  jh: '\u02a4',
  k: 'k',
  l: 'l',
  m: 'm',
  n: 'n',
  ng: '\u014b',
  ow: 'O',
  oy: 'Y',
  p: 'p',
  r: '\u0279',
  s: 's',
  sh: '\u0283',
  t: 't',
  th: '\u03b8',
  uh: '\u028a',
  uw: 'u',
  v: 'v',
  w: 'w',
  y: 'j',
  z: 'z',
  zh: '\u0292',
};

const VOWELS = new Set('aa ae ah ao aw ax ay eh er ey ih iy ow oy uh uw'.split(' '));
const STRESS = '\u02c8';

/** Words that carry no stress of their own in a sentence. */
const LIGHT = new Set(
  'a an the and or but of to in on at for from by with as is are was be been am do does can could would will shall i you he she it we they me him her us them my your his its our their that this there have has had'.split(
    ' ',
  ),
);

/**
 * What Kokoro is given for `text`: the phones that flite has for each of its words, and the marks between them, which are
 * heard as pauses and tone. flite tells no stress: the first full vowel of a word has it here, which is right for most
 * English words ("mˈʌndA", "həlˈO") and wrong for some ("understand").
 */
export function phonemesOf(text: string, phones: ReadonlyMap<string, readonly string[]>): string {
  return text
    .split(/\s+/)
    .flatMap((piece) => {
      const [token] = tokensOf(piece);
      if (token === undefined) return [];
      const mark = /[.,!?;:](?=["')\]]*$)/.exec(piece)?.[0] ?? '';
      return [spelled(phones.get(token) ?? [], !LIGHT.has(token)) + mark];
    })
    .join(' ');
}

function spelled(phones: readonly string[], stressed: boolean): string {
  const full = phones.findIndex((phone) => VOWELS.has(phone) && phone !== 'ax');
  return phones.map((phone, i) => (stressed && i === full ? STRESS : '') + (LETTERS[phone] ?? '')).join('');
}
