import type { Meaning, Question, Topic, Wish } from './meaning.ts';
import { readSlots } from './slots.ts';

const wishes: readonly (readonly [Wish, RegExp])[] = [
  ['cancel', /\b(cancel|call off)\b/],
  [
    'move',
    /\b(move|reschedule|change my appointment|change the appointment|push|switch|different (day|time)|another (day|time))\b/,
  ],
  ['confirm', /\b(confirm|reminder)\b/],
  ['message', /\b(message|call me back|calls me back)\b/],
  [
    'book',
    /\b(book|make an appointment|schedule|set up|need an appointment|an appointment|come in|get in|see (a|the) dentist|appointment)\b/,
  ],
];

const robot =
  /\b(are you|is this|am i (talking|speaking) (to|with)) (a |an )?(real )?(robot|human|real|person|machine|computer|bot)\b/;

const questions: readonly (readonly [Question, RegExp])[] = [
  ['price', /\b(how much|price|prices|cost|costs|you charge|charge for|come to|comes to)\b/],
  ['hours', /\b(hours|how late|how early|open|close|closed|opening|closing)\b/],
  ['repeat', /\b(say that again|repeat|what was that|pardon|what did you say)\b/],
  ['wait', /\b(hold on|one moment|just a (second|minute|moment)|hang on)\b/],
  ['robot', robot],
  [
    'odd',
    /\b(instructions|prompt|ignore|disregard|forget (everything|your|the|all)|your rules|the rules|password|secrets?|pretend|developer|maintenance)\b/,
  ],
];

const urgent =
  /\b(bleeding|bleeds|blood|swollen|swelling|can't breathe|breathing|(terrible|awful|horrible|severe|unbearable|so much|lot of) pain|emergency|knocked out)\b/;
const upset = /\b(ridiculous|unacceptable|outrageous|fed up|angry|furious|complaint|complain)\b/;

const desks: readonly (readonly [string, RegExp])[] = [
  ['nurse', urgent],
  ['billing', /\b(bill|bills|billing|invoice|statement|charged|overcharged|refund|insurance|payment|paid)\b/],
  ['manager', /\b(manager|supervisor)\b/],
  ['manager', upset],
  ['nurse', /\b(nurse|medication)\b/],
];

const subjects: readonly (readonly [NonNullable<Meaning['about']>, RegExp])[] = [
  ['name', /\bname\b/],
  ['phone', /\b(phone|number)\b/],
];

const person =
  /\b(person|human|somebody|someone|anybody|anyone|operator|receptionist|front desk|representative|real person)\b/;
const yes = /\b(yes|yeah|yep|correct|right|sure|exactly|perfect|please do|sounds good|okay|ok|that's fine|fine)\b/;
const no = /\b(no|nope|not right|wrong|incorrect|isn't right|nothing)\b/;
/** Agreement to something offered, and to nothing else. */
const agrees = /\b(please|all right|alright|go ahead|do that)\b/;
const repair = /\b(wait|make that|make it|meant|i mean|actually|instead|rather|scratch that|sorry|correction|not)\b/;

const firstMatch = <T>(table: readonly (readonly [T, RegExp])[], text: string): T | undefined =>
  table.find(([, pattern]) => pattern.test(text))?.[0];

function answerIn(text: string): 'yes' | 'no' | undefined {
  if (no.test(text)) return 'no';
  return yes.test(text) ? 'yes' : undefined;
}

/** Reads what heard words mean, given what was `asked` about. Pure. */
export function read(text: string, asked: Topic): Meaning {
  const words = text.split(' ').filter((word) => word !== '');
  const desk = firstMatch(desks, text);
  // "Are you a person?" asks for none.
  const asksPerson = person.test(text.replace(robot, ''));
  return {
    text,
    ...readSlots(words, asked),
    answer: answerIn(text) ?? (asked === 'consent' && agrees.test(text) ? 'yes' : undefined),
    about: firstMatch(subjects, text),
    correction: repair.test(text) || (no.test(text) && asked !== 'more'),
    wish: firstMatch(wishes, text),
    questions: questions.filter(([, pattern]) => pattern.test(text)).map(([question]) => question),
    desk: desk ?? (asksPerson ? 'front desk' : undefined),
    person: asksPerson || /\b(manager|nurse|speak|talk|transfer)\b/.test(text),
    urgent: urgent.test(text),
    upset: upset.test(text),
    thanks: /\b(thanks|thank you)\b/.test(text),
    bye: /\b(bye|goodbye|that's all|that is all|that's it|nothing else)\b/.test(text),
  };
}

/** The words from the last repair on ("make that three"); all of them where nothing is repaired. */
export function sinceRepair(text: string): string {
  const last = [...text.matchAll(new RegExp(repair.source, 'g'))].at(-1);
  return last ? text.slice(last.index) : text;
}

/** Nothing in it that a front desk could act on. */
export const isEmpty = (meaning: Meaning): boolean =>
  Object.keys(meaning.slots).length === 0 &&
  meaning.digits === undefined &&
  meaning.firstName === undefined &&
  meaning.lastName === undefined &&
  meaning.answer === undefined &&
  meaning.wish === undefined &&
  meaning.questions.length === 0 &&
  meaning.desk === undefined &&
  !meaning.thanks &&
  !meaning.bye;
