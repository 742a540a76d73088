import type { HeardWord } from '../../harness/model/activity.ts';

/** Words that win time or take note, and say nothing yet. */
const FILLERS = 'um uh er erm uhm hm hmm mm mhm ah oh well so okay ok alright right sure yeah sorry please'.split(' ');

/** Announced waiting. */
export const HOLDS: readonly string[] = [
  'one moment',
  'one second',
  'one sec',
  'just a moment',
  'just a second',
  'just a minute',
  'hold on',
  'please hold',
  'please wait',
  'bear with me',
  'give me a moment',
  'give me a second',
  'let me see',
  'let me check',
  'let me look',
  'let me have a look',
];

const FILLER_PHRASES: readonly string[] = [
  ...HOLDS,
  'of course',
  'all right',
  'you know',
  'i see',
  ...FILLERS,
].toSorted((a, b) => b.split(' ').length - a.split(' ').length);

/** The words that are left when fillers and announcements of waiting are taken off the front. */
export function afterFillers(words: readonly HeardWord[]): readonly HeardWord[] {
  let rest = words;
  for (;;) {
    const filler = FILLER_PHRASES.find((phrase) => phrase.split(' ').every((part, i) => rest[i]?.text === part));
    if (filler === undefined) return rest;
    rest = rest.slice(filler.split(' ').length);
  }
}

/** Ways of saying that something has been done, by action. Statements about this caller's matter only: a slot may be booked by others. */
export const DONE: Readonly<Record<string, readonly string[]>> = {
  book: ["you're booked", 'you are booked', "i've booked", 'i have booked', "you're all booked"],
  move: [
    "it's moved",
    'it is moved',
    "i've moved",
    'i have moved',
    "i've rescheduled",
    'i have rescheduled',
    'has been rescheduled',
  ],
  cancel: [
    "it's cancelled",
    "it's canceled",
    "i've cancelled",
    "i've canceled",
    'i have cancelled',
    'i have canceled',
    'has been cancelled',
    'has been canceled',
  ],
  confirm: ["you're confirmed", 'you are confirmed', "i've confirmed", 'i have confirmed'],
  message: ["i've taken a message", 'i have taken a message', "i've passed", 'i have passed', "i've left a message"],
};

/** That she is being put through, and why: what a caller is told before a transfer. */
export const TOLD: readonly string[] = [
  'put you through',
  'putting you through',
  'transfer you',
  'transferring you',
  'connect you',
  'connecting you',
  'hand you over',
  'handing you over',
  'pass you',
  'passing you',
];
export const WHY: readonly string[] = [
  'because',
  'since',
  'so that',
  'who can',
  'who will',
  'they can',
  'they will',
  "they'll",
  'can help',
  'about your',
  'about the',
  'for that',
  'with that',
  'to help',
];

/** A read-back ends with one of these. */
export const READ_BACK: readonly string[] = ['is that right', 'is that correct', 'did i get that right', 'all correct'];

const DIGITS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const HOURS = 'twelve one two three four five six seven eight nine ten eleven'.split(' ');
const MINUTES: Readonly<Record<string, readonly string[]>> = {
  '15': ['HOUR fifteen', 'quarter past HOUR'],
  '30': ['HOUR thirty', 'half past HOUR'],
  '45': ['HOUR forty five'],
};

/** How a canonical value (`tuesday`, `15:00`, `5550142`, `maya lopez`) may sound; a time only in forms that nothing else has. */
export function sayingsOf(value: string): readonly string[] {
  const time = /^(\d{2}):(\d{2})$/.exec(value);
  if (time) {
    const hour = HOURS[Number(time[1]) % 12] ?? '';
    const forms = MINUTES[time[2] ?? ''] ?? ['at HOUR', "HOUR o'clock", 'HOUR pm', 'HOUR p m', 'HOUR am', 'HOUR a m'];
    return forms.map((form) => form.replace('HOUR', hour));
  }
  if (/^\d+$/.test(value)) {
    const digits = [...value].map((digit) => DIGITS[Number(digit)] ?? '');
    return [value, digits.join(' '), digits.join(' ').replaceAll('zero', 'oh')];
  }
  return [value.toLowerCase()];
}
