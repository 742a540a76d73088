import type { Facts } from '../../harness/model/plan.ts';
import type { Meaning } from '../ear/meaning.ts';
import { PHONE_DIGITS } from '../ear/slots.ts';
import type { Dialogue } from './dialogue.ts';
import { acknowledged } from './phrases.ts';
import type { Policy } from './policy.ts';

/** Values held, with what this turn told; parts of a name or a number are put together. */
export function merge(dialogue: Dialogue, meaning: Meaning, policy: Policy): Dialogue {
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

/** "Could you move that to Thursday?", once it is booked: the appointment just made, and no other. */
export const movesTheNewOne = ({ wish, committed }: Dialogue, meaning: Meaning): boolean =>
  committed !== undefined && wish === 'book' && meaning.wish === 'move';

/** A new wish starts over, but who is calling stays known; to call off what was just made, all of it. */
export function wishFor(dialogue: Dialogue, meaning: Meaning): Dialogue {
  const wish = meaning.wish;
  const changes = wish !== undefined && wish !== dialogue.wish;
  if (!changes || movesTheNewOne(dialogue, meaning)) return dialogue;
  if (dialogue.committed) {
    const kept = Object.entries(dialogue.slots).filter(
      ([slot]) => wish === 'cancel' || slot === 'name' || slot === 'phone',
    );
    return { ...dialogue, wish, slots: Object.fromEntries(kept), committed: undefined };
  }
  // "Move", "change" inside a correction are not a new wish.
  if (dialogue.wish === undefined || !meaning.correction) return { ...dialogue, wish: dialogue.wish ?? wish };
  return dialogue;
}

/** A service, a day or a time without a wish: she wants an appointment. */
export function assumeBooking(dialogue: Dialogue, meaning: Meaning): Dialogue {
  const about = ['service', 'day', 'time'].some((slot) => meaning.slots[slot] !== undefined);
  return about && dialogue.wish === undefined && !dialogue.wanted ? { ...dialogue, wish: 'book' } : dialogue;
}

/** The first slot that had another value before. */
export const changed = (before: Facts, now: Facts): string | undefined =>
  Object.keys(now).find((slot) => before[slot] !== undefined && before[slot] !== now[slot]);

/** Names the new value. The read-back that may follow says it anyway; any other question does not. */
export function revisedSaying(slot: string, dialogue: Dialogue): string | undefined {
  const value = dialogue.slots[slot];
  return value === undefined ? undefined : acknowledged(slot, value);
}

/** The turn brought something to go on with. */
export const progressed = (before: Dialogue, now: Dialogue, meaning: Meaning): boolean =>
  Object.keys(meaning.slots).length > 0 ||
  (meaning.digits !== undefined && before.slots['phone'] === undefined) ||
  now.wish !== before.wish ||
  now.firstName !== before.firstName ||
  now.lastName !== before.lastName;
