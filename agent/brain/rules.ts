import type { Facts } from '../../harness/model/plan.ts';
import { isLight, isMumble } from '../ear/lexicon.ts';
import type { Meaning, Slot } from '../ear/meaning.ts';
import { isEmpty, read } from '../ear/read.ts';
import { PHONE_DIGITS } from '../ear/slots.ts';
import { blank, say } from './dialogue.ts';
import type { Act, Brain, Cue, Dialogue, HandOver, Thought } from './dialogue.ts';
import { onOffice } from './office.ts';
import {
  acknowledged,
  anew,
  announce,
  farewell,
  goodbye,
  greeting,
  noAnswer,
  nobodyThere,
  openingHours,
  price,
  questionAbout,
  readBack,
  robot,
  stillThere,
  takeYourTime,
  triesNext,
  whatToChange,
  whoIsCalling,
} from './phrases.ts';
import type { Policy } from './policy.ts';
import { spokenSlot } from './spoken.ts';

const slotNames: readonly Slot[] = ['service', 'day', 'time', 'name', 'phone', 'message'];

type Ask = (dialogue: Dialogue, policy: Policy, before?: string) => Thought;

const joined = (before: string | undefined, text: string): string =>
  before === undefined ? text : `${before} ${text}`;

/** Asks about `topic`, or says `text` in place of the plain question. */
function ask(dialogue: Dialogue, topic: Dialogue['asked'], before?: string, text?: string): Thought {
  const question = text ?? questionAbout(topic, dialogue.wish);
  return [{ ...dialogue, asked: topic, question, readBackUnheard: false }, [say(joined(before, question))]];
}

const missing = (needs: readonly Slot[], slots: Facts): Slot | undefined =>
  needs.find((slot) => slots[slot] === undefined);

function handOver(dialogue: Dialogue, to: HandOver, before?: string): Thought {
  const acts: readonly Act[] = [say(joined(before, announce(to.desk))), { kind: 'hand-over', to }];
  return [{ ...dialogue, wanted: undefined, misses: 0 }, acts];
}

/** What comes next: a fact for a handover, the next missing value, the read-back. */
const proceed: Ask = (dialogue, policy, before) => {
  if (dialogue.wanted) {
    const fact = missing(policy.before[dialogue.wanted.desk] ?? [], dialogue.slots);
    return fact ? ask(dialogue, fact, before) : handOver(dialogue, dialogue.wanted, before);
  }
  const { wish, slots } = dialogue;
  if (!wish) return ask(dialogue, dialogue.committed ? 'more' : 'opening', before);
  const fact = missing(policy.needs[wish], slots);
  return fact ? ask(dialogue, fact, before) : ask(dialogue, 'confirm', before, readBack(wish, slots));
};

/** Takes the question for answered. */
function goOn(dialogue: Dialogue, policy: Policy): Thought {
  const { asked, wish } = dialogue;
  if (asked === 'confirm') return commit(dialogue, policy);
  const answered = wish !== undefined && policy.needs[wish].some((slot) => slot === asked);
  const slots = answered ? { ...dialogue.slots, [asked]: 'unknown' } : dialogue.slots;
  return proceed({ ...dialogue, slots, wish: wish ?? 'book' }, policy, 'Okay.');
}

/** Did not understand: the ladder. */
function miss(dialogue: Dialogue, policy: Policy): Thought {
  const misses = dialogue.misses + 1;
  const next = { ...dialogue, misses };
  const repair = policy.repair(misses, dialogue.asked, dialogue);
  if (repair.kind === 'go-on') return goOn(dialogue, policy);
  if (repair.kind === 'ask') return [next, [say(repair.text)]];
  const to: HandOver = { desk: 'front desk', reason: 'could not understand the caller' };
  return [next, [say(repair.text), { kind: 'hand-over', to }]];
}

/** Values held, with what this turn told; parts of a name or a number are put together. */
function merge(dialogue: Dialogue, meaning: Meaning, policy: Policy): Dialogue {
  const told = meaning.digits ?? '';
  // More than a number holds: she began anew.
  const anew = told !== '' && (meaning.correction || dialogue.digits.length + told.length > PHONE_DIGITS);
  const digits = anew ? told : dialogue.digits + told;
  const firstName = meaning.firstName ?? dialogue.firstName;
  const lastName = meaning.lastName ?? dialogue.lastName;
  const pieced: Record<string, string> = {};
  if (digits.length >= PHONE_DIGITS && meaning.digits) pieced['phone'] = digits.slice(0, PHONE_DIGITS);
  const named = meaning.firstName !== undefined || meaning.lastName !== undefined;
  if (named && firstName && lastName) pieced['name'] = `${firstName} ${lastName}`;
  const slots = policy.revise(dialogue.slots, { ...pieced, ...meaning.slots });
  return { ...dialogue, slots, firstName, lastName, digits: slots['phone'] === undefined ? digits : '' };
}

/** A new wish starts over, but who is calling stays known. */
function wishFor(dialogue: Dialogue, meaning: Meaning): Dialogue {
  const wish = meaning.wish;
  const changes = wish !== undefined && wish !== dialogue.wish;
  if (changes && dialogue.committed) {
    const kept = Object.entries(dialogue.slots).filter(([slot]) => slot === 'name' || slot === 'phone');
    return { ...dialogue, wish, slots: Object.fromEntries(kept), committed: undefined };
  }
  // "Move", "change" inside a correction are not a new wish.
  if (changes && (dialogue.wish === undefined || !meaning.correction))
    return { ...dialogue, wish: dialogue.wish ?? wish };
  return dialogue;
}

/** A service, a day or a time without a wish: she wants an appointment. */
function assumeBooking(dialogue: Dialogue, meaning: Meaning): Dialogue {
  const about = ['service', 'day', 'time'].some((slot) => meaning.slots[slot] !== undefined);
  return about && dialogue.wish === undefined && !dialogue.wanted ? { ...dialogue, wish: 'book' } : dialogue;
}

const changed = (before: Facts, now: Facts): string | undefined =>
  Object.keys(now).find((slot) => before[slot] !== undefined && before[slot] !== now[slot]);

type Info = 'price' | 'hours' | 'robot';

/** What she wants to know; after one answer, a service alone asks for its price and a day alone for its hours. */
function infoWanted(dialogue: Dialogue, meaning: Meaning): Info | undefined {
  const known: readonly Info[] = ['price', 'hours', 'robot'];
  const asked = known.find((info) => meaning.questions.some((question) => question === info));
  const follows = dialogue.told !== undefined && dialogue.wish === undefined && meaning.wish === undefined;
  if (asked !== undefined || !follows || meaning.slots['time'] !== undefined) return asked;
  if (meaning.slots['service'] !== undefined) return 'price';
  return meaning.slots['day'] === undefined ? undefined : 'hours';
}

/** Answers that are no values: prices, hours, what she is talking to. */
function inform(dialogue: Dialogue, meaning: Meaning, policy: Policy): Thought | undefined {
  const about = infoWanted(dialogue, meaning);
  if (about === undefined) return undefined;
  const text = { price: price(meaning.slots['service']), hours: openingHours, robot }[about];
  const told = about === 'robot' ? dialogue.told : about;
  const next: Dialogue = { ...dialogue, told, misses: 0, silences: 0 };
  // What is done is not read back once more because she asked something else.
  if (dialogue.asked === 'more') return ask(next, 'more', text);
  if (next.wish === undefined && !next.wanted) return ask(next, about === 'robot' ? 'opening' : 'more', text);
  return proceed(next, policy, text);
}

function commit(dialogue: Dialogue, policy: Policy): Thought {
  const { wish, slots } = dialogue;
  if (!wish) return proceed(dialogue, policy);
  const values = Object.fromEntries(
    Object.entries(slots).filter(([slot]) => wish === 'book' || policy.needs[wish].includes(slot as Slot)),
  );
  return [dialogue, [{ kind: 'office', request: { kind: 'commit', action: wish, values } }]];
}

function refused(dialogue: Dialogue, policy: Policy): Thought {
  const loops = dialogue.loops + 1;
  if (loops < policy.loops) return ask({ ...dialogue, loops }, 'confirm', undefined, whatToChange);
  return disagreed({ ...dialogue, loops });
}

const disagreed = (dialogue: Dialogue): Thought =>
  handOver(dialogue, { desk: 'front desk', reason: 'could not agree on the details' });

/** The value she refuses without a new one in its place: it was misheard, and has been misheard again. */
function doubted(dialogue: Dialogue, meaning: Meaning): Slot | undefined {
  if (dialogue.asked !== 'confirm' || meaning.answer !== 'no') return undefined;
  const slot = meaning.about ?? slotNames.find((name) => meaning.slots[name] !== undefined);
  if (slot === undefined || dialogue.slots[slot] === undefined) return undefined;
  const told = meaning.slots[slot];
  return told === undefined || told === dialogue.slots[slot] ? slot : undefined;
}

/** Asks for one value alone, as if it had never been given. */
function askAnew(dialogue: Dialogue, slot: Slot, policy: Policy): Thought {
  const loops = dialogue.loops + 1;
  if (loops > policy.loops) return disagreed({ ...dialogue, loops });
  const slots = Object.fromEntries(Object.entries(dialogue.slots).filter(([name]) => name !== slot));
  const without = { ...dialogue, slots, loops, digits: '', firstName: undefined, lastName: undefined };
  return ask(without, slot, undefined, anew(slot));
}

/** A yes or a no to what was asked; undefined when the turn held something better to go by. */
function onAnswer(dialogue: Dialogue, meaning: Meaning, policy: Policy): Thought | undefined {
  const { asked } = dialogue;
  const { answer } = meaning;
  if (asked === 'confirm') {
    if (answer === 'yes' && dialogue.readBackUnheard) return proceed(dialogue, policy);
    if (answer === 'yes') return commit(dialogue, policy);
    return answer === 'no' ? refused(dialogue, policy) : undefined;
  }
  if (asked === 'consent') {
    if (answer === 'yes') return proceed({ ...dialogue, wish: 'message', wanted: undefined }, policy);
    return answer === 'no' ? end(dialogue, goodbye) : undefined;
  }
  if (asked === 'more' && answer === 'yes' && !meaning.thanks) return ask({ ...dialogue, wish: undefined }, 'opening');
  return undefined;
}

const end = (dialogue: Dialogue, text: string): Thought => [
  { ...dialogue, over: true },
  [say(text), { kind: 'hang-up' }],
];

/** Leaves when she does: a goodbye, or "no, thanks" to "anything else?". */
function leaves(dialogue: Dialogue, meaning: Meaning): boolean {
  if (meaning.bye) return true;
  return dialogue.asked === 'more' && (meaning.answer === 'no' || meaning.thanks || isLight(meaning.text));
}

/** Somebody else's business, or a person was asked for. */
function wantsDesk(dialogue: Dialogue, meaning: Meaning): HandOver | undefined {
  if (meaning.desk === undefined) return undefined;
  const desk = meaning.desk === 'front desk' ? (dialogue.wanted?.desk ?? meaning.desk) : meaning.desk;
  return { desk, reason: meaning.person ? `asked for ${desk}` : `has a question for ${desk}` };
}

/** Puts her through, after one question at most: who is calling. */
function proceedToDesk(dialogue: Dialogue, wanted: HandOver, policy: Policy): Thought {
  const fact = dialogue.wanted ? undefined : missing(policy.before[wanted.desk] ?? [], dialogue.slots);
  const next = { ...dialogue, wanted };
  return fact ? ask(next, fact, undefined, whoIsCalling(wanted.desk)) : handOver(next, wanted);
}

/** The turn brought something to go on with. */
const progressed = (before: Dialogue, now: Dialogue, meaning: Meaning): boolean =>
  Object.keys(meaning.slots).length > 0 ||
  meaning.digits !== undefined ||
  now.wish !== before.wish ||
  now.firstName !== before.firstName ||
  now.lastName !== before.lastName;

/** She said no more than that she listens or agrees: what she cut off is said again. */
const onlyAgrees = (meaning: Meaning, text: string): boolean =>
  isLight(text) || (meaning.answer === 'yes' && isEmpty({ ...meaning, answer: undefined }));

/** The rest of a turn that we asked to hear again while it was still going on is no second failure. */
function missHeard(before: Dialogue, { began }: Heard, policy: Policy): Thought {
  const rest = began === 'before-our-end' && before.misses > 0 && !before.letOff;
  return rest ? [{ ...before, letOff: true }, [say(before.said)]] : miss(before, policy);
}

/**
 * On a telephone nothing tells "filling" from "billing" but the talk they are in: who was just told a price or the hours,
 * and asks for nobody, wants to know about a filling.
 */
function likelier({ told, wish, wanted }: Dialogue, text: string): string {
  const asksForSomebody = /\b(to|with|bill|question|somebody|someone|person|team|department|through)\b/.test(text);
  const justTold = told !== undefined && wish === undefined && wanted === undefined;
  return justTold && !asksForSomebody ? text.replace(/\bbilling\b/, 'filling') : text;
}

type Heard = Extract<Cue, { kind: 'heard' }>;

function onHeard(before: Dialogue, cue: Heard, policy: Policy): Thought {
  const text = likelier(before, cue.text);
  const meaning = read(text, before.asked);
  if (before.cutOff && onlyAgrees(meaning, text) && before.asked !== 'confirm') return [before, [say(before.said)]];
  // "Mm-hm" to a question: she is listening, and about to answer.
  if (isMumble(text)) return missHeard(before, cue, policy);
  if (isLight(text) && before.asked !== 'more' && meaning.answer === undefined) return [before, []];
  if (isEmpty(meaning) && !leaves(before, meaning)) return missHeard(before, cue, policy);
  const informed = meaning.person ? undefined : inform(before, meaning, policy);
  if (informed) return informed;
  const dialogue = assumeBooking({ ...merge(wishFor(before, meaning), meaning, policy), silences: 0 }, meaning);
  const understood = { ...dialogue, misses: 0, letOff: false };
  const desk = wantsDesk(understood, meaning);
  if (desk) return proceedToDesk(understood, desk, policy);
  const revised = changed(before.slots, dialogue.slots);
  if (revised !== undefined) return proceed(understood, policy, revisedSaying(revised, understood));
  const refusedSlot = doubted(before, meaning);
  if (refusedSlot !== undefined) return askAnew(understood, refusedSlot, policy);
  if (meaning.questions.includes('repeat')) return [dialogue, [say(dialogue.question)]];
  if (meaning.questions.includes('wait')) return [dialogue, [say(takeYourTime)]];
  const progress = progressed(before, dialogue, meaning);
  if (!progress && leaves(dialogue, meaning)) return end(dialogue, goodbye);
  const answered = progress ? undefined : onAnswer(understood, meaning, policy);
  if (answered) return answered;
  if (progress) return proceed(understood, policy);
  // "Okay", "yes" to a question that wants a value: she is about to give it.
  return meaning.answer === 'yes' ? [dialogue, []] : miss(dialogue, policy);
}

/** Read-backs say the value anyway; before any other question the new value is named. */
function revisedSaying(slot: string, dialogue: Dialogue): string | undefined {
  const value = dialogue.slots[slot];
  return value === undefined ? undefined : acknowledged(slot, value);
}

function onSilence(dialogue: Dialogue): Thought {
  const silences = dialogue.silences + 1;
  const next = { ...dialogue, silences };
  if (silences >= 3) return end(next, noAnswer);
  const question = dialogue.question || questionAbout('opening', undefined);
  return [next, [say(silences === 1 ? question : `${stillThere} ${question}`)]];
}

/** What she did not hear, she was not told. */
function onCut(before: Dialogue, heard: string): Dialogue {
  const dialogue = { ...before, cutOff: true };
  if (dialogue.asked !== 'confirm') return dialogue;
  const lower = heard.toLowerCase();
  const values = ['day', 'time'].flatMap((slot) => {
    const value = dialogue.slots[slot];
    return value === undefined ? [] : [spokenSlot(slot, value).toLowerCase()];
  });
  return { ...dialogue, readBackUnheard: !values.every((value) => lower.includes(value)) };
}

function onDeskFailed(dialogue: Dialogue, desk: string): Thought {
  const tried = [...dialogue.tried, desk];
  const next = { ...dialogue, tried, wanted: undefined };
  if (!tried.includes('front desk')) {
    const to: HandOver = { desk: 'front desk', reason: `${desk} did not answer` };
    return [next, [say(triesNext(desk, 'front desk')), { kind: 'hand-over', to }]];
  }
  return ask(next, 'consent', undefined, nobodyThere);
}

function take(dialogue: Dialogue, cue: Cue, policy: Policy): Thought {
  if (dialogue.over) return [dialogue, cue.kind === 'heard' && dialogue.cutOff ? [say(farewell)] : []];
  switch (cue.kind) {
    case 'answered':
      return [{ ...dialogue, question: greeting }, [say(greeting)]];
    case 'heard':
      return onHeard(dialogue, cue, policy);
    case 'silence':
      return onSilence(dialogue);
    case 'cut':
      return [onCut(dialogue, cue.heard), []];
    case 'office':
      return onOffice(dialogue, cue.asked, cue.reply);
    case 'desk-failed':
      return onDeskFailed(dialogue, cue.desk);
  }
}

/** Remembers what is said, so that it can be said again when it was cut off by a mere "yes". */
function takeAndRemember(dialogue: Dialogue, cue: Cue, policy: Policy): Thought {
  const [next, acts] = take(dialogue, cue, policy);
  const said = acts.flatMap((act) => (act.kind === 'say' ? [act.text] : [])).join(' ');
  return [said === '' ? next : { ...next, said, cutOff: false }, acts];
}

/** The rules brain: slots with revisions, one question at a time, read-back before anything is done. */
export const rulesBrain: Brain = { begin: blank, take: takeAndRemember };
