import type { Meaning } from '../ear/meaning.ts';
import { ask, proceed } from './asking.ts';
import { surelyBilling } from './desks.ts';
import { afresh } from './dialogue.ts';
import type { Dialogue, Thought } from './dialogue.ts';
import { notForMe, openingHours, price, robot } from './phrases.ts';
import type { Policy } from './policy.ts';

type Info = 'price' | 'hours' | 'robot' | 'odd';

/** What she wants to know; after one answer, a service alone asks for its price and a day alone for its hours. */
function infoWanted(dialogue: Dialogue, meaning: Meaning): Info | undefined {
  const asks = (info: Info): boolean => meaning.questions.includes(info);
  if (asks('robot')) return 'robot';
  // A wish beside it is what she calls for; the rest an ear easily makes of words it does not know.
  if (asks('odd') && meaning.wish === undefined) return 'odd';
  if (meaning.person || meaning.urgent || meaning.upset || surelyBilling(meaning)) return undefined;
  const asked = (['price', 'hours'] as const).find(asks);
  const follows = dialogue.told !== undefined && dialogue.wish === undefined && meaning.wish === undefined;
  if (asked !== undefined || !follows || meaning.slots['time'] !== undefined) return asked;
  if (meaning.slots['service'] !== undefined) return 'price';
  return meaning.slots['day'] === undefined ? undefined : 'hours';
}

/** Answers that are no values: prices, hours, what she is talking to, and that it keeps to its job. */
export function inform(dialogue: Dialogue, meaning: Meaning, policy: Policy): Thought | undefined {
  const about = infoWanted(dialogue, meaning);
  if (about === undefined) return undefined;
  const text = { price: price(meaning.slots['service']), hours: openingHours, robot, odd: notForMe }[about];
  const answers = about === 'price' || about === 'hours';
  const next = afresh({ ...dialogue, told: answers ? about : dialogue.told, silences: 0 });
  // What is done is not read back once more because she asked something else.
  if (dialogue.asked === 'more') return ask(next, 'more', text);
  if (next.wish === undefined && !next.wanted) return ask(next, answers ? 'more' : 'opening', text);
  return proceed(next, policy, text);
}
