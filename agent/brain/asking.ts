import type { Facts } from '../../harness/model/plan.ts';
import type { Slot } from '../ear/meaning.ts';
import { say } from './dialogue.ts';
import type { Act, Dialogue, HandOver, Thought } from './dialogue.ts';
import { anew, announce, changeBack, questionAbout, readBack } from './phrases.ts';
import type { Policy } from './policy.ts';

const joined = (before: string | undefined, text: string): string =>
  before === undefined ? text : `${before} ${text}`;

/** Asks about `topic`, or says `text` in place of the plain question. */
export function ask(dialogue: Dialogue, topic: Dialogue['asked'], before?: string, text?: string): Thought {
  const question = text ?? questionAbout(topic, dialogue.wish);
  const askedBefore = dialogue.asked === topic ? dialogue.askedBefore : dialogue.asked;
  return [
    { ...dialogue, asked: topic, askedBefore, question, readBackUnheard: false, offered: undefined },
    [say(joined(before, question))],
  ];
}

const missing = (needs: readonly Slot[], slots: Facts): Slot | undefined =>
  needs.find((slot) => slots[slot] === undefined);

/** Says where she goes, in a `text` of its own if need be, and sends her there. */
export function handOver(dialogue: Dialogue, to: HandOver, before?: string, text = announce(to.desk)): Thought {
  const acts: readonly Act[] = [say(joined(before, text)), { kind: 'hand-over', to }];
  return [{ ...dialogue, wanted: undefined, offered: undefined, misses: 0, sent: to }, acts];
}

/** Reads back what is about to be done; of what is done already, only what has changed. */
function confirm(dialogue: Dialogue, before: string | undefined): Thought {
  const { wish, slots, committed } = dialogue;
  if (!wish) return ask(dialogue, 'opening', before);
  return ask(dialogue, 'confirm', before, committed ? changeBack(slots, committed) : readBack(wish, slots));
}

/** What comes next: a fact for a handover, the next missing value, the read-back. */
export function proceed(dialogue: Dialogue, policy: Policy, before?: string): Thought {
  if (dialogue.wanted) {
    const fact = missing(policy.before[dialogue.wanted.desk] ?? [], dialogue.slots);
    return fact ? ask(dialogue, fact, before) : handOver(dialogue, dialogue.wanted, before);
  }
  const { wish, slots, committed } = dialogue;
  if (!wish || (committed && !differs(slots, committed))) {
    return ask(dialogue, committed ? 'more' : 'opening', before);
  }
  const fact = missing(policy.needs[wish], slots);
  return fact ? ask(dialogue, fact, before) : confirm(dialogue, before);
}

/** Whether a value that the office holds has another one by now. */
const differs = (slots: Facts, held: Facts): boolean =>
  Object.entries(held).some(([slot, value]) => slots[slot] !== value);

/** The fact without which `desk` would rather not take over. */
export const missingFor = (desk: string, dialogue: Dialogue, policy: Policy): Slot | undefined =>
  missing(policy.before[desk] ?? [], dialogue.slots);

/** A message says whom it is for, when somebody was asked for and did not answer. */
export const addressed = ({ sent }: Dialogue): Facts => (sent ? { for: sent.desk, about: sent.reason } : {});

/** Has the office do what was agreed. */
export function commit(dialogue: Dialogue, policy: Policy): Thought {
  const { wish, slots } = dialogue;
  if (!wish) return proceed(dialogue, policy);
  const needed: readonly string[] = policy.needs[wish];
  const told = Object.entries(slots).filter(([slot]) => wish === 'book' || needed.includes(slot));
  const values = { ...Object.fromEntries(told), ...(wish === 'message' ? addressed(dialogue) : {}) };
  return [{ ...dialogue, agreed: slots }, [{ kind: 'office', request: { kind: 'commit', action: wish, values } }]];
}

/** They cannot agree: somebody else shall try. */
export const disagreed = (dialogue: Dialogue): Thought =>
  handOver(dialogue, { desk: 'front desk', reason: 'could not agree on the details' });

/** Asks for one value alone, as if it had never been given. */
export function askAnew(dialogue: Dialogue, slot: Slot, policy: Policy): Thought {
  const loops = dialogue.loops + 1;
  if (loops > policy.loops) return disagreed({ ...dialogue, loops });
  const slots = Object.fromEntries(Object.entries(dialogue.slots).filter(([name]) => name !== slot));
  const without = { ...dialogue, slots, loops, digits: '', firstName: undefined, lastName: undefined };
  return ask(without, slot, undefined, anew(slot));
}

/** Says goodbye and leaves. */
export const end = (dialogue: Dialogue, text: string): Thought => [
  { ...dialogue, over: true },
  [say(text), { kind: 'hang-up' }],
];
