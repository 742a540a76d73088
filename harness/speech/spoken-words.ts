import { cardinal, digitByDigit, dollars, MONTHS, ordinal, year } from './numbers-said.ts';

/** Written in more than one way, and what a grammar calls it. */
const SAME: Readonly<Record<string, string>> = {
  'mm-hmm': 'mhm',
  'mm-hm': 'mhm',
  mmhmm: 'mhm',
  'mhm-hm': 'mhm',
  'uh-uh': 'no',
  'mr.': 'mister',
  'mrs.': 'missus',
  'dr.': 'doctor',
  'o.k.': 'okay',
};

/** A hyphen that is part of the word; any other joins two words. */
const HYPHENED = new Set(['uh-huh']);

const MONTH = MONTHS.join('|');

/** Half of the day after a time, however it is written: `3 p.m.`, `3PM`, `3 pm`. */
const HALF = String.raw`(?:\s*([ap])\.?\s?m\b\.?)`;

/** What is written shorter than it is said, in the order in which one hides in another. */
const SAID: readonly (readonly [RegExp, (...groups: string[]) => string])[] = [
  // Notes of a model on sounds: "[BLANK_AUDIO]", "(laughs)", "*coughs*", "♪".
  [/\[[^\]]*\]|\([^)\d]*\)|\*[^*\d]*\*|[\u266a\u266b]+/g, () => ' '],
  [/[$\u00a3\u20ac](\d[\d,]*)(?:\.(\d{2}))?\b/g, (whole, units, cents) => dollars(whole.charAt(0), units, cents)],
  [/(\d+(?:\.\d+)?)\s?%/g, (_, number) => `${decimal(number)} percent`],
  [/\b(\d{4})-(\d{2})-(\d{2})\b/g, (_, y, m, d) => `${date(m, d)} ${year(y)}`],
  [/\b(1[0-2]|0?[1-9])\/(3[01]|[12]\d|0?[1-9])(?:\/(\d{4}))?\b/g, (_, m, d, y) => `${date(m, d)} ${y ? year(y) : ''}`],
  [
    new RegExp(String.raw`\b(${MONTH})\s+(\d{1,2})(?:st|nd|rd|th)?\b(?:,?\s+(\d{4})\b)?(?!:)`, 'g'),
    (_, m, d, y) => `${m} ${ordinal(Number(d))} ${y ? year(y) : ''}`,
  ],
  [new RegExp(String.raw`\b(\d{1,2})[:.](\d{2})${HALF}?(?!\d)`, 'g'), (_, h, m, half) => time(h, m, half)],
  [new RegExp(String.raw`\b(\d{1,2})(\d{2})${HALF}`, 'g'), (_, h, m, half) => time(h, m, half)],
  [new RegExp(String.raw`\b(\d{1,2})${HALF}`, 'g'), (_, h, half) => time(h, '00', half)],
  [/\b([ap])\.\s?m\b\.?/g, (_, half) => `${half} m`],
  [/\bpm\b/g, () => 'p m'],
  [/\b(\d{1,3})(st|nd|rd|th)\b/g, (_, number) => ordinal(Number(number))],
  // Groups of digits as a phone number has them: "(602) 555-0142", "555 0142", "555.0142", "+1 602 555 0142".
  [/(?:\+\d{1,3}[\s.-]?)?(?:\(\d{3}\)\s?)?\d{3}[\s.-]\d{3,4}(?:[\s.-]\d{3,4})?(?![\d,]|\s?\d)/g, digitByDigit],
  [/\b\d{1,3}(?:,\d{3})+\b/g, (number) => cardinal(Number(number.replaceAll(',', '')))],
  [/\b\d+\.\d+\b/g, (number) => decimal(number)],
  [/\b\d+\b/g, (number) => bareNumber(number)],
  [/&/g, () => ' and '],
];

/**
 * What a transcript says, in the words in which it was said: lower case, no punctuation, and numbers, times, dates and
 * sums spelled out, e.g. "Tuesday at 3 p.m., 555-0142!" is "tuesday at three p m five five five oh one four two".
 * It is a guess where writing keeps less than speech: "1500" may have been "fifteen hundred". What a front desk is told in
 * digits wins there: three or more digits that are neither round nor a year are said one by one.
 */
export function spokenWords(text: string): string {
  let said = text.toLowerCase().replaceAll(/[\u2018\u2019\u02bc]/g, "'");
  for (const [pattern, words] of SAID) {
    said = said.replace(pattern, (...groups: (string | number | undefined)[]) => ` ${words(...(groups as string[]))} `);
  }
  return said.split(/\s+/).flatMap(plain).join(' ');
}

/** One token without its punctuation, as words. */
function plain(token: string): readonly string[] {
  const bare = token.replaceAll(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
  const known = SAME[`${bare}.`] ?? SAME[bare];
  if (known !== undefined) return [known];
  if (HYPHENED.has(bare)) return [bare];
  return bare
    .split(/[^\p{L}\p{N}']+/u)
    .map((word) => word.replaceAll(/^'+|'+$/g, ''))
    .filter((word) => word !== '');
}

const date = (month: string, day: string): string => `${MONTHS[Number(month) - 1]} ${ordinal(Number(day))}`;

/** A time of the clock: what follows twelve is told as afternoon, as the twelve-hour clock is what people say. */
function time(hour: string, minute: string, half: string | undefined): string {
  const [h, m] = [Number(hour), Number(minute)];
  if (h > 23 || m > 59) return `${bareNumber(hour)} ${bareNumber(minute)}`;
  const said = cardinal(h % 12 === 0 ? 12 : h % 12);
  const late = half ?? (h > 12 ? 'p' : undefined);
  if (m === 0) return late ? `${said} ${late} m` : `${said} o'clock`;
  return [said, m < 10 ? `oh ${cardinal(m)}` : cardinal(m), ...(late ? [`${late} m`] : [])].join(' ');
}

function decimal(number: string): string {
  const [whole = '0', part] = number.split('.');
  return part === undefined ? cardinal(Number(whole)) : `${cardinal(Number(whole))} point ${digitByDigit(part)}`;
}

/** A number with nothing around it that says what it is. */
function bareNumber(number: string): string {
  const value = Number(number);
  if (number.length > 1 && number.startsWith('0')) return digitByDigit(number);
  if (number.length < 3 || (number.length <= 4 && value % 10 === 0 && !isYear(value))) return cardinal(value);
  return isYear(value) ? year(number) : digitByDigit(number);
}

const isYear = (value: number): boolean => value >= 1900 && value < 2100;
