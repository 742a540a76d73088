import type { Meaning } from '../ear/meaning.ts';
import { ask, handOver, missingFor } from './asking.ts';
import { say } from './dialogue.ts';
import type { Dialogue, HandOver, Thought } from './dialogue.ts';
import { announceSorry, announceUrgent, nobodyThere, triesNext, whoIsCalling } from './phrases.ts';
import type { Policy } from './policy.ts';

function reasonFor(desk: string, meaning: Meaning): string {
  if (meaning.urgent) return 'needs help at once';
  if (meaning.upset) return 'is upset and complains';
  return meaning.person ? `asked for ${desk}` : `has a question for ${desk}`;
}

/** "Billing" sounds like filling, leaving, and more: beside a price or a wish only other words of that desk mean it. */
export const surelyBilling = ({ desk, person, text }: Meaning): boolean =>
  desk === 'billing' && (person || !/\bbilling\b/.test(text));

/** Somebody else's business, or a person was asked for. */
export function wantsDesk(dialogue: Dialogue, meaning: Meaning): HandOver | undefined {
  const doubtful = meaning.desk === 'billing' && meaning.wish !== undefined && !surelyBilling(meaning);
  if (meaning.desk === undefined || doubtful) return undefined;
  const desk = meaning.desk === 'front desk' ? (dialogue.wanted?.desk ?? meaning.desk) : meaning.desk;
  return { desk, reason: reasonFor(desk, meaning) };
}

/** Puts her through: at once when it is urgent or she is angry, else after one question at most, who is calling. */
export function proceedToDesk(dialogue: Dialogue, wanted: HandOver, meaning: Meaning, policy: Policy): Thought {
  const next = { ...dialogue, wanted };
  if (meaning.urgent) return handOver(next, wanted, undefined, announceUrgent(wanted.desk));
  if (meaning.upset) return handOver(next, wanted, undefined, announceSorry(wanted.desk));
  const fact = dialogue.wanted ? undefined : missingFor(wanted.desk, dialogue, policy);
  return fact ? ask(next, fact, undefined, whoIsCalling(wanted.desk)) : handOver(next, wanted);
}

/** Nobody there: the front desk may help, and after that a message does. */
export function onDeskFailed(dialogue: Dialogue, desk: string): Thought {
  const tried = [...dialogue.tried, desk];
  const next = { ...dialogue, tried, wanted: undefined };
  if (tried.includes('front desk')) return ask(next, 'consent', undefined, nobodyThere);
  const to: HandOver = { desk: 'front desk', reason: `${desk} did not answer` };
  return [next, [say(triesNext(desk, 'front desk')), { kind: 'hand-over', to }]];
}
