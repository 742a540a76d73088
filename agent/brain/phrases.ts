import type { Facts } from '../../harness/model/plan.ts';
import type { Topic, Wish } from '../ear/meaning.ts';
import { onDay, spokenDay, spokenName, spokenPhone, spokenSlot, spokenWhen } from './spoken.ts';
import { spokenTime } from '../ear/times.ts';

/** What the agent says. Each line is short enough to be said in four seconds; read-backs may be longer. */

export const greeting = 'Bright Smile Dental, this is the virtual assistant. How can I help?';
export const sorry = 'Sorry, could you say that again?';
export const ofCourse = 'Of course.';
export const takeYourTime = 'Of course, take your time.';
export const welcomeBack = 'Welcome back.';
export const oneMoment = 'One moment, please.';
export const robot = "I'm a virtual assistant, not a person.";
export const notForMe = "I'm sorry, I can't help with that.";

const dollars: Readonly<Record<string, string>> = {
  cleaning: 'ninety',
  'check-up': 'sixty',
  filling: 'a hundred and fifty',
  crown: 'nine hundred',
  'root canal': 'eight hundred',
  whitening: 'two hundred',
  consultation: 'forty',
};

/** What `service` costs; of the two commonest when she named none. */
export function price(service: string | undefined): string {
  const amount = dollars[service ?? ''];
  return amount === undefined
    ? 'A cleaning is ninety dollars, and a check up is sixty.'
    : `A ${service} is ${amount} dollars.`;
}

export const openingHours = 'We are open Monday to Friday, from eight to six.';
export const anythingElse = 'Anything else?';
export const farewell = 'Goodbye.';
export const goodbye = 'Thank you for calling. Goodbye.';
export const stillThere = 'Are you still there?';
export const noAnswer = "I'll let you go, then. Please call again any time. Goodbye.";
export const whatToChange = 'Sorry about that. What should I change?';
export const willCallBack = "I can't hear you well, so somebody will call you back. Goodbye.";
export const nobodyThere = "I'm sorry, nobody can take your call right now. Shall I take a message?";
export const tooShort = 'I need seven digits. Could you type the number again?';

const asking: Readonly<Record<Topic, string>> = {
  opening: 'What can I do for you?',
  service: 'What would you like to come in for?',
  day: 'Which day would you like?',
  time: 'What time suits you?',
  name: "What's your first and last name?",
  phone: "What's the best phone number?",
  message: 'What is it about?',
  confirm: 'Is that right?',
  more: anythingElse,
  consent: 'Shall I take a message?',
};

export const movingDay = 'Which day would you like instead?';

/** The plain question about `topic`. */
export const questionAbout = (topic: Topic, wish: Wish | undefined): string =>
  topic === 'day' && wish === 'move' ? movingDay : asking[topic];

const narrow: Readonly<Record<Topic, string>> = {
  opening: 'Would you like to book, move, or cancel?',
  service: 'Is it a cleaning, a check up, or a toothache?',
  day: 'Could you tell me just the day?',
  time: 'Could you tell me just the time?',
  name: 'Could you tell me just your first and last name?',
  phone: 'Could you give me the number slowly, or type it in?',
  message: 'Could you tell me just one word for it?',
  confirm: 'Just say yes, or no.',
  more: 'Is there anything else? Just say yes, or no.',
  consent: 'Just say yes, or no.',
};

/** The second way of asking: not the same words louder, but something easier to answer. */
export const narrower = (topic: Topic): string => `I'm having trouble hearing you. ${narrow[topic]}`;

/** Asks after somebody who has not said a word for a second time, and not as before. */
export const askedAfter = (topic: Topic): string => `${stillThere} ${narrow[topic]}`;

/** Asks anew for a value that was read back wrong. */
export const anew = (topic: Topic): string => `Sorry about that. ${narrow[topic]}`;

/** A new value in place of an old one. The old one is never spoken again. */
export function acknowledged(slot: string, value: string): string {
  if (slot === 'day') return `Okay, ${spokenDay(value)}.`;
  if (slot === 'time') return `Okay, ${spokenTime(value)}.`;
  if (slot === 'name') return `Okay, ${spokenName(value)}.`;
  return slot === 'phone' ? 'Okay, I have changed the number.' : `Okay, a ${value}.`;
}

const heading: Readonly<Record<Wish, string>> = {
  book: 'So',
  move: 'So your appointment moves to',
  cancel: 'So I cancel your appointment',
  confirm: 'So you are coming in',
  message: 'So a message',
};

/** Reads everything back before it is done. */
export function readBack(wish: Wish, slots: Facts): string {
  const service = wish === 'book' && slots['service'] !== undefined ? `${slots['service']} ` : '';
  const when = wish === 'move' ? spokenWhen(slots).replace(/^on /, '') : spokenWhen(slots);
  const what = `${heading[wish]} ${service}${when}`.replace(/\s+/g, ' ').trim();
  const who = slots['name'] === undefined ? '' : `, for ${spokenName(slots['name'])}`;
  const phone = slots['phone'] === undefined || wish === 'move' ? '' : `, phone ${spokenPhone(slots['phone'])}`;
  return `${what}${who}${phone}. Is that right?`;
}

/** Reads back what has changed since it was done, and nothing else. */
export function changeBack(slots: Facts, held: Facts): string {
  const changed = Object.keys(slots).filter((slot) => slots[slot] !== held[slot]);
  const when = changed.includes('day') || changed.includes('time') ? [spokenWhen(slots)] : [];
  const rest = changed
    .filter((slot) => slot !== 'day' && slot !== 'time')
    .map((slot) => `${introduction[slot] ?? ''}${spokenSlot(slot, slots[slot] ?? '')}`);
  return `So now ${[...rest, ...when].join(', ')}. Is that right?`;
}

const introduction: Readonly<Record<string, string>> = { service: 'a ', name: 'for ', phone: 'phone ' };

const finished: Readonly<Record<Wish, string>> = {
  book: "You're booked",
  move: "It's moved",
  cancel: "It's cancelled",
  confirm: "You're confirmed",
  message: "I'll pass that on",
};

/** Told when the office has it. */
export function doneSaying(wish: Wish, slots: Facts): string {
  const when =
    wish === 'book' || wish === 'move' ? ` ${spokenWhen(slots).replace(/^on /, wish === 'move' ? 'to ' : 'for ')}` : '';
  return `${finished[wish]}${when}. ${anythingElse}`;
}

/** The time is taken; what is free instead. */
export function taken(day: string, times: readonly string[]): string {
  if (times.length === 0) return `I'm sorry, ${spokenDay(day)} is full. Which other day would you like?`;
  const offers = times.slice(0, 2).map(spokenTime);
  const list = offers.length > 1 ? `${offers.slice(0, -1).join(', ')} or ${offers.at(-1)}` : offers[0];
  return `I'm sorry, that time is taken. ${spokenDay(day) === day ? capitalised(day) : capitalised(onDay(day))} I have ${list}.`;
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const callees: Readonly<Record<string, string>> = {
  billing: 'our billing team',
  nurse: 'a nurse',
  manager: 'the manager',
  'front desk': 'the front desk',
};

const callee = (desk: string): string => callees[desk] ?? desk;

export const announce = (desk: string): string =>
  `I'm putting you through to ${callee(desk)}, who can help. One moment.`;
/** To somebody who cannot wait, and to somebody who is angry: short. */
export const announceUrgent = (desk: string): string =>
  `${capitalised(callee(desk))} can help right away. I'm putting you through now.`;
export const announceSorry = (desk: string): string =>
  `I'm sorry about that. I'm putting you through to ${callee(desk)}, who can help.`;
/** The end of the ladder: somebody else shall listen. */
export const cannotHear = (desk: string): string =>
  `I can't hear you well. I'm putting you through to ${callee(desk)}, who can help.`;
/** Before that, once two ways of asking have failed. */
export const offerPerson = (desk: string): string =>
  `I still can't hear you well. Would you like me to put you through to ${callee(desk)}?`;
export const whoIsCalling = (desk: string): string =>
  `I can put you through to ${callee(desk)}. May I have your first and last name?`;
export const triesNext = (desk: string, next: string): string =>
  `Sorry, ${callee(desk)} isn't answering. Let me try ${callee(next)}.`;

/** Lines that are always the same: made before the phone rings. */
export const stockPhrases: readonly string[] = [
  greeting,
  sorry,
  takeYourTime,
  welcomeBack,
  oneMoment,
  robot,
  notForMe,
  ...[undefined, ...Object.keys(dollars)].map(price),
  openingHours,
  anythingElse,
  goodbye,
  farewell,
  stillThere,
  noAnswer,
  whatToChange,
  nobodyThere,
  willCallBack,
  tooShort,
  ofCourse,
  movingDay,
  ...Object.values(asking),
  ...Object.values(narrow),
  "I'm having trouble hearing you.",
  ...Object.keys(callees).flatMap((desk) => [
    announce(desk),
    announceUrgent(desk),
    announceSorry(desk),
    whoIsCalling(desk),
    offerPerson(desk),
    cannotHear(desk),
  ]),
];
