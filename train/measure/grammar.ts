import { NUMBERS } from '../language/numbers.ts';
import { FIRST_NAMES, LAST_NAMES } from '../language/words.ts';

/** Pieces a state listens for, by state. Written apart from the training sentences, as an agent's author would. */
const STATES: Readonly<Record<string, readonly string[]>> = {
  open: ['<act>', '<thing>', '<reason>', '<day>', '<part>', '<date>', '<desk>', '<topic>', '<opener>'],
  name: ['<first>', '<first> <last>', '<last>', '<naming>'],
  when: ['<day>', '<part>', '<date>', '<clock>', '<clock>', '<negation>', '<linking>'],
  phone: ['<digits>', '<digits>', '<negation>', '<linking>'],
  birth: ['<date> <year>', '<linking>'],
  reason: ['<reason>', '<thing>', 'doctor <last>', '<linking>'],
  confirm: ['<yes>', '<no>', '<negation>', '<day>', '<clock>'],
  desk: ['<asked>', '<day>', '<clock>', '<courtesy>', '<desk>'],
};

const PIECES: Readonly<Record<string, string>> = {
  act: 'book | make | schedule | move | change | cancel | confirm | come in | see | open | close | how much | price | cost | charge',
  thing: 'an appointment | my appointment | the appointment | appointment | visit | a visit',
  reason: 'cleaning | filling | toothache | crown | check up | root canal | tooth | emergency | x ray | consultation',
  desk: 'billing | manager | nurse | front desk | human | person',
  topic: 'bill | invoice | insurance | hours | payment',
  opener:
    "i'd like to | i need to | i have | i want | can i | could i | could you | hello | hi | good morning | please | for | on | to | my | a | about",
  first: FIRST_NAMES.join(' | '),
  last: LAST_NAMES.join(' | '),
  naming: 'my name is | this is | it is | the last name is | the first name is | and | i mean | please',
  day: '[next] (monday | tuesday | wednesday | thursday | friday | saturday | sunday | today | tomorrow)',
  part: '[in the] (morning | afternoon | evening)',
  small: NUMBERS['small'] ?? '',
  ordinal: NUMBERS['ordinal'] ?? '',
  teenth: NUMBERS['teenth'] ?? '',
  month: NUMBERS['month'] ?? '',
  date: '[the] <ordinal> [of <month>] | <month> [the] <ordinal>',
  hour: NUMBERS['hour'] ?? '',
  minute: "fifteen | thirty | forty five | twenty | ten | o'clock",
  clock:
    '[at | around | after] (<hour> [<minute>] | half past <hour> | quarter (past | to) <hour>) [a.m. | p.m. | in the (morning | afternoon | evening)]',
  digit: 'zero | oh | one | two | three | four | five | six | seven | eight | nine',
  digits: '<digit> <digit> <digit>+',
  unit: 'one | two | three | four | five | six | seven | eight | nine',
  ten: NUMBERS['ten'] ?? '',
  teen: NUMBERS['teen'] ?? '',
  year: 'nineteen (<ten> [<unit>] | <teen>) | two thousand [and] <unit>',
  negation: 'no | not | no wait | make it | make that | i mean | sorry | no sorry | actually | it should be | is wrong',
  linking:
    "it is | it's | the | a | my | on | maybe | i'd rather | could it be | let's say | can we | i was born on | thanks | um | uh | with | for",
  yes: 'yes | yeah | yep | right | correct | sure | go on | sounds | that is',
  no: 'no | nope | wrong | not | that is',
  asked:
    'what | which | name | invoice | number | date of birth | day | time | do you | did you | could i have | have your | is that right | correctly',
  courtesy:
    'thanks for holding | one moment | let me put you | please | sorry | goodbye | anything else | so that was | hold on | all right',
};

/** States with a grammar. */
export const STATE_NAMES: readonly string[] = Object.keys(STATES);

const KNOWN = new Set(
  Object.values(PIECES)
    .join(' ')
    .replace(/<[^>]*>|[()[\]|+]/g, ' ')
    .split(/\s+/)
    .concat('doctor')
    .filter((word) => word !== ''),
);

const PHONES =
  'AA AE AH AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S SH T TH UH UW V W Y Z ZH'.split(' ');

/** Words of one phone each; any run of them stands for everything a state does not listen for. */
export const GARBAGE_WORDS: readonly (readonly [word: string, phones: string])[] = PHONES.map((phone) => [
  `any-${phone.toLowerCase()}`,
  phone,
]);

/** Every word the states listen for. */
export function wordsOfGrammars(): readonly string[] {
  return [...KNOWN];
}

/** Whether some state listens for `word`. */
export function isKnown(word: string): boolean {
  return KNOWN.has(word);
}

/** The JSGF grammar of a state: its pieces in any order, with unknown words between at a price. */
export function grammarOf(state: string): string {
  const pieces = STATES[state];
  if (!pieces) throw new Error(`no grammar for the state ${state}`);
  const weight = (0.85 / pieces.length).toFixed(4);
  const rules = needed(pieces.join(' ')).map((name) => `<${name}> = ${PIECES[name]};`);
  return [
    '#JSGF V1.0;',
    `grammar ${state};`,
    'public <utterance> = <piece>+;',
    `<piece> = ${pieces.map((piece) => `/${weight}/ ${piece}`).join(' | ')} | /0.02/ <garbage>;`,
    `<garbage> = (${GARBAGE_WORDS.map(([word]) => word).join(' | ')})+;`,
    ...rules,
    '',
  ].join('\n');
}

function needed(pattern: string): readonly string[] {
  const names = new Set<string>();
  const visit = (text: string): void => {
    for (const [, name = ''] of text.matchAll(/<([^>]*)>/g)) {
      if (names.has(name)) continue;
      names.add(name);
      visit(PIECES[name] ?? '');
    }
  };
  visit(pattern);
  return [...names];
}
