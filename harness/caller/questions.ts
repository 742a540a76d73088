import { UsageError } from '../model/errors.ts';
import { nameRules, namesIn } from './names.ts';

/**
 * Phrases by which a front desk asks for something, by what they ask for. The last one heard is the question.
 * Long forms stand beside short ones: in the middle of other speech an ear finds four words more surely than two.
 */
const ASKED: Readonly<Record<string, readonly string[]>> = {
  opening: ['how can i help', 'how may i help', 'can i do for you', 'help you today'],
  service: [
    'come in for',
    'what kind of',
    'which service',
    'what service',
    'is it for',
    'is it about',
    'the reason',
    'do you need',
  ],
  day: [
    'which day',
    'which day would you like',
    'what day would you like',
    'what day',
    'just the day',
    'other day',
    'day would you',
  ],
  time: [
    'what time',
    'what time suits you',
    'what time would you like',
    'which time',
    'just the time',
    'time suits',
    'time works',
  ],
  name: [
    'your name',
    'your first and last name',
    'may i have your name',
    'last name',
    'full name',
    'who is calling',
    'your first',
  ],
  phone: [
    'phone number',
    'the best phone number',
    'best number for you',
    'your number',
    'the number slowly',
    'telephone number',
    'reach you',
  ],
  birthdate: ['date of birth', 'birthday', 'were you born'],
  confirm: [
    'is that right',
    'is that correct',
    'shall i book',
    'shall i go ahead',
    'does that work',
    'just say yes',
    'sound good',
  ],
  more: ['anything else', 'something else'],
  message: [
    'take a message',
    'shall i take a message',
    'leave a message',
    'like to leave a message',
    'nobody can take your call',
    'nobody is available',
  ],
  'handoff-consent': [
    'put you through',
    'put you through to',
    'like me to put you through',
    'shall i put you through',
    'transfer you',
    'like me to transfer you',
    'connect you',
    'like me to connect you',
    'like to speak to',
  ],
  wait: ['one moment', 'one second', 'just a second', 'putting you through', 'let me check', 'hold on', 'let me try'],
  again: [
    'could you say that again',
    'could you repeat that',
    'say that again',
    'repeat that',
    "didn't catch",
    "didn't get that",
    'did not understand',
    'trouble hearing',
    'pardon',
    'still there',
    'one more time',
  ],
  wrong: ['should i change', 'what is wrong', "what's wrong"],
  goodbye: ['goodbye', 'bye bye', 'have a nice day'],
};

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const HOURS = [
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
  'noon',
];
const MINUTES = ['fifteen', 'thirty', 'forty five'];
const DIGITS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'oh'];
/** Fewer digits in a row are no telephone number. */
const PHONE_DIGITS = 7;

/** What an agent's words amount to. */
export interface AgentAsked {
  /** The last question, or `''` when none was heard. */
  readonly topic: string;
  /** Every topic that came up, in order. */
  readonly topics: readonly string[];
  readonly days: readonly string[];
  /** Times in words, e.g. `three thirty`. */
  readonly times: readonly string[];
  /** First and last names. */
  readonly names: readonly string[];
  /** Telephone numbers, as digits. */
  readonly phones: readonly string[];
}

/** The caller's grammar of what agents say; its name in `Ear.prepare`, and the JSGF. Phrases among everyday words. */
export const listenerGrammar: { readonly name: string; readonly jsgf: string } = {
  name: 'listener',
  jsgf: `#JSGF V1.0;
grammar listener;
public <agent> = <part>+;
<part> = /0.8/ <phrase> | /0.1/ <day> | /0.1/ <when> | /0.1/ <who> | /0.1/ <number> | /1/ <common>;
<phrase> = ${Object.values(ASKED).flat().join(' | ')};
<day> = ${DAYS.join(' | ')};
<when> = at <hour> [<minute>];
<hour> = ${HOURS.join(' | ')};
<minute> = ${MINUTES.join(' | ')};
<who> = (for | name is | thank you) <given> <family>;
<number> = (phone | number | number is) (/0.95/ <seven> | /0.05/ <digit> <digit> <digit> <seven>);
<seven> = <digit> <digit> <digit> <digit> <digit> <digit> <digit>;
<digit> = ${DIGITS.join(' | ')};
${nameRules}
`,
};

const PHRASES = Object.entries(ASKED).flatMap(([topic, phrases]) => phrases.map((phrase) => ({ topic, phrase })));

/** Where `phrase` stands in `text` as whole words, or -1. */
function placeOf(text: string, phrase: string): number {
  return ` ${text} `.lastIndexOf(` ${phrase} `);
}

/** Reads the words an ear heard of an agent. Pure. */
export function readAgent(text: string): AgentAsked {
  const found = PHRASES.map(({ topic, phrase }) => ({ topic, at: placeOf(text, phrase) })).filter(({ at }) => at >= 0);
  const topics = found.sort((a, b) => a.at - b.at).map(({ topic }) => topic);
  const words = text.split(' ');
  return {
    topic: topics.at(-1) ?? '',
    topics,
    days: words.filter((word) => DAYS.includes(word)),
    times: words.flatMap((word, index) => (word === 'at' ? [timeFrom(words.slice(index + 1))] : [])).filter(Boolean),
    names: namesIn(words),
    phones: words
      .flatMap((word, index) => (isDigit(words[index - 1]) ? [] : [digitsFrom(words.slice(index))]))
      .filter((digits) => digits.length >= PHONE_DIGITS),
  };
}

const isDigit = (word: string | undefined): boolean => word !== undefined && DIGITS.includes(word);

/** The digits that `words` begin with. */
function digitsFrom(words: readonly string[]): string {
  const end = words.findIndex((word) => !isDigit(word));
  return words
    .slice(0, end < 0 ? words.length : end)
    .map((word) => DIGITS.indexOf(word) % 10)
    .join('');
}

function timeFrom([hour = '', minute = '', more = '']: readonly string[]): string {
  if (!HOURS.includes(hour)) return '';
  if (MINUTES.includes(`${minute} ${more}`)) return `${hour} ${minute} ${more}`;
  return MINUTES.includes(minute) ? `${hour} ${minute}` : hour;
}

/** A canonical time (`15:00`) in the words of `AgentAsked.times`. Throws UsageError for anything else. */
export function timeInWords(time: string): string {
  const [hour, minute] = time.split(':').map(Number);
  const minutes = new Map([
    [0, ''],
    [15, ' fifteen'],
    [30, ' thirty'],
    [45, ' forty five'],
  ]).get(minute ?? -1);
  if (hour === undefined || Number.isNaN(hour) || minutes === undefined) {
    throw new UsageError(
      `the time "${time}" cannot be compared with what an agent says; write it as 15:00, on a quarter of an hour`,
    );
  }
  if (hour === 12 && minute === 0) return 'noon';
  return `${HOURS[(hour + 11) % 12] ?? ''}${minutes}`;
}
