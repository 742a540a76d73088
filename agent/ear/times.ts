import { hours } from './lexicon.ts';

/** A time found in words: canonical `HH:MM`, and how many words it took. */
export interface TimeFound {
  readonly time: string;
  readonly words: number;
  /** A bare number may be a time or anything else; all other forms are times for sure. */
  readonly bare: boolean;
}

const minuteWords: Readonly<Record<string, number>> = {
  five: 5,
  ten: 10,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
};

/** The clinic's day: one to seven are in the afternoon, unless she says otherwise. */
function clock(hour: number, minute: number, half: 'am' | 'pm' | undefined): string {
  const base = hour % 12;
  const afternoon = half ? half === 'pm' : hour === 12 || hour <= 7;
  return `${String(base + (afternoon ? 12 : 0)).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

/** `a m`, `p m`, `in the morning|afternoon|evening`, `o'clock`: what follows an hour, and its length. */
function halfAt(words: readonly string[], at: number): { half: 'am' | 'pm' | undefined; words: number } {
  const two = `${words[at] ?? ''} ${words[at + 1] ?? ''}`;
  if (words[at] === "o'clock") {
    const rest = halfAt(words, at + 1);
    return { half: rest.half, words: rest.words + 1 };
  }
  if (two === 'a m' || words[at] === 'a.m.') return { half: 'am', words: two === 'a m' ? 2 : 1 };
  if (two === 'p m' || words[at] === 'p.m.') return { half: 'pm', words: two === 'p m' ? 2 : 1 };
  if (two === 'in the' && words[at + 2] === 'morning') return { half: 'am', words: 3 };
  if (two === 'in the' && (words[at + 2] === 'afternoon' || words[at + 2] === 'evening'))
    return { half: 'pm', words: 3 };
  return { half: undefined, words: 0 };
}

/** `oh five`, `forty five`, `thirty` ... after an hour. */
function minutesAt(words: readonly string[], at: number): { minute: number; words: number } {
  const word = words[at] ?? '';
  if (word === 'oh' && words[at + 1] === 'five') return { minute: 5, words: 2 };
  if (word === 'forty' && words[at + 1] === 'five') return { minute: 45, words: 2 };
  const minute = minuteWords[word];
  return minute !== undefined && minute >= 10 ? { minute, words: 1 } : { minute: 0, words: 0 };
}

/** `half past two`, `quarter past|to three`. */
function relative(words: readonly string[], at: number): TimeFound | undefined {
  const start = words[at] === 'a' ? at + 1 : at;
  const kind = `${words[start] ?? ''} ${words[start + 1] ?? ''}`;
  const hour = hours[words[start + 2] ?? ''];
  if (hour === undefined) return undefined;
  const after = halfAt(words, start + 3);
  const length = start + 3 - at + after.words;
  if (kind === 'half past') return { time: clock(hour, 30, after.half), words: length, bare: false };
  if (kind === 'quarter past') return { time: clock(hour, 15, after.half), words: length, bare: false };
  if (kind !== 'quarter to') return undefined;
  const before = hour === 1 ? 12 : hour - 1;
  return { time: clock(before, 45, after.half), words: length, bare: false };
}

/** The time that begins at word `at`, if one does. */
export function timeAt(words: readonly string[], at: number): TimeFound | undefined {
  const word = words[at] ?? '';
  if (word === 'noon' || word === 'midday') return { time: '12:00', words: 1, bare: false };
  const past = relative(words, at);
  if (past) return past;
  const hour = hours[word];
  if (hour === undefined) return undefined;
  const minute = minutesAt(words, at + 1);
  const half = halfAt(words, at + 1 + minute.words);
  const length = 1 + minute.words + half.words;
  return { time: clock(hour, minute.minute, half.half), words: length, bare: length === 1 };
}

const hourNames = ['twelve', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven'];
const minuteNames: Readonly<Record<string, string>> = {
  '00': '',
  '05': ' oh five',
  '10': ' ten',
  '15': ' fifteen',
  '20': ' twenty',
  '30': ' thirty',
  '40': ' forty',
  '45': ' forty five',
  '50': ' fifty',
};

/** Says `HH:MM` as a person would: `15:00` is "three", `09:30` "nine thirty", `12:00` "noon". */
export function spokenTime(time: string): string {
  const [hour = '0', minute = '00'] = time.split(':');
  if (time === '12:00') return 'noon';
  return `${hourNames[Number(hour) % 12] ?? hour}${minuteNames[minute] ?? ` ${Number(minute)}`}`;
}
