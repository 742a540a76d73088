import type { WordTime } from '../../model/audio.ts';

/** A speech sound and where it lies, ms. */
export interface PhoneTime {
  readonly phone: string;
  readonly start: number;
  readonly end: number;
}

/** A token of the text and the phones it has when said alone. */
export interface TokenPhones {
  readonly token: string;
  readonly phones: readonly string[];
}

/** flite's name of a silence. */
export const PAUSE = 'pau';

/** Reads what `-psdur` prints: `pau:0.174 hh:0.255 ...`, each with its end in seconds. */
export function readPhones(printed: string): readonly PhoneTime[] {
  let start = 0;
  return [...printed.matchAll(/(\S+):([\d.]+)/g)].map(([, phone = PAUSE, seconds = '0']) => {
    const timed = { phone, start, end: Number(seconds) * 1000 };
    start = timed.end;
    return timed;
  });
}

const VOWELS = new Set('aa ae ah ao aw ax ay eh er ey ih iy ow oy uh uw'.split(' '));

/** How unlike two phones are: function words are reduced in a sentence, so vowels may stand for each other. */
function unlike(a: string, b: string): number {
  if (a === b) return 0;
  return VOWELS.has(a) === VOWELS.has(b) ? 0.6 : 1.4;
}

/**
 * When each token sounds: the sentence's phones aligned (least edits, order kept) with the phones the tokens have
 * alone. Times never run backwards; a token that lost all its phones gets the instant where it would have been.
 */
export function wordTimes(said: readonly PhoneTime[], tokens: readonly TokenPhones[]): readonly WordTime[] {
  const sounds = said.filter(({ phone }) => phone !== PAUSE);
  const wanted = tokens.flatMap(({ phones }, token) => phones.map((phone) => ({ phone, token })));
  const owners = align(
    sounds.map(({ phone }) => phone),
    wanted,
  );
  let at = sounds[0]?.start ?? 0;
  return tokens.map(({ token }, index) => {
    const own = sounds.filter((_, i) => owners[i] === index);
    const start = own[0]?.start ?? at;
    at = own.at(-1)?.end ?? start;
    return { word: token, start, end: at };
  });
}

/** For each sound, the token it belongs to. */
function align(sounds: readonly string[], wanted: readonly { phone: string; token: number }[]): readonly number[] {
  const cost = Array.from({ length: sounds.length + 1 }, () => new Float64Array(wanted.length + 1));
  const at = (i: number, j: number): number => cost[i]?.[j] ?? Number.POSITIVE_INFINITY;
  const pair = (i: number, j: number): number => unlike(sounds[i - 1] ?? '', wanted[j - 1]?.phone ?? '');
  for (let i = 0; i <= sounds.length; i++) {
    for (let j = 0; j <= wanted.length; j++) {
      const row = cost[i] as Float64Array;
      if (i === 0 || j === 0) row[j] = i + j;
      else row[j] = Math.min(at(i - 1, j - 1) + pair(i, j), at(i - 1, j) + 1, at(i, j - 1) + 1);
    }
  }
  const owners = Array.from(sounds, () => 0);
  let [i, j] = [sounds.length, wanted.length];
  while (i > 0) {
    const paired = j > 0 && at(i, j) === at(i - 1, j - 1) + pair(i, j);
    if (paired || j === 0 || at(i, j) === at(i - 1, j) + 1) {
      owners[i - 1] = wanted[Math.max(0, j - 1)]?.token ?? 0;
      i--;
      if (paired) j--;
    } else {
      j--;
    }
  }
  return owners;
}
