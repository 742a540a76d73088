const ONES =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = '- - twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const SCALES = [
  [1e9, 'billion'],
  [1e6, 'million'],
  [1e3, 'thousand'],
  [100, 'hundred'],
] as const;

/** Ordinals that are not the cardinal with `th`. */
const ORDINALS: Readonly<Record<string, string>> = {
  one: 'first',
  two: 'second',
  three: 'third',
  five: 'fifth',
  eight: 'eighth',
  nine: 'ninth',
  twelve: 'twelfth',
};

/** The months in order. */
export const MONTHS: readonly string[] =
  'january february march april may june july august september october november december'.split(' ');

/** 21 is "twenty one", 150 "one hundred fifty". From a million millions on, digit by digit. */
export function cardinal(value: number): string {
  if (value >= 1e12) return digitByDigit(String(value));
  if (value < 20) return ONES[value] ?? String(value);
  for (const [scale, name] of SCALES) {
    if (value < scale) continue;
    const rest = value % scale;
    return [cardinal(Math.floor(value / scale)), name, ...(rest > 0 ? [cardinal(rest)] : [])].join(' ');
  }
  return [TENS[Math.floor(value / 10)], ...(value % 10 > 0 ? [ONES[value % 10]] : [])].join(' ');
}

/** 21 is "twenty first". */
export function ordinal(value: number): string {
  const words = cardinal(value).split(' ');
  const last = words.pop() ?? '';
  return [...words, ORDINALS[last] ?? `${last.replace(/y$/, 'ie')}th`].join(' ');
}

/** The digits in `text`, one by one; nought is "oh", as on the telephone. */
export const digitByDigit = (text: string): string =>
  [...text.replaceAll(/\D/g, '')].map((digit) => (digit === '0' ? 'oh' : ONES[Number(digit)])).join(' ');

/** 2026 is "twenty twenty six", 2005 "two thousand five". */
export function year(text: string): string {
  const [century, rest] = [Number(text.slice(0, 2)), Number(text.slice(2))];
  if (century % 10 === 0 && rest < 10) return cardinal(Number(text));
  if (rest === 0) return `${cardinal(century)} hundred`;
  return `${cardinal(century)} ${rest < 10 ? `oh ${cardinal(rest)}` : cardinal(rest)}`;
}

const CURRENCIES: Readonly<Record<string, readonly [one: string, many: string, part: string]>> = {
  $: ['dollar', 'dollars', 'cents'],
  '\u00a3': ['pound', 'pounds', 'pence'],
  '\u20ac': ['euro', 'euros', 'cents'],
};

/** A sum of money: "$80.50" is "eighty dollars and fifty cents". */
export function dollars(sign: string, units: string, cents: string | undefined): string {
  const [one, many, part] = CURRENCIES[sign] ?? ['', '', ''];
  const value = Number(units.replaceAll(',', ''));
  const whole = `${cardinal(value)} ${value === 1 ? one : many}`;
  return cents === undefined || Number(cents) === 0 ? whole : `${whole} and ${cardinal(Number(cents))} ${part}`;
}
