import { commit, proceed } from './asking.ts';
import { say } from './dialogue.ts';
import type { Dialogue, Thought } from './dialogue.ts';
import { offer, putThrough } from './offering.ts';
import type { Policy } from './policy.ts';

/** Takes the question for answered. */
function goOn(dialogue: Dialogue, policy: Policy): Thought {
  const { asked, wish } = dialogue;
  if (asked === 'confirm') return commit(dialogue, policy);
  const answered = wish !== undefined && policy.needs[wish].some((slot) => slot === asked);
  const slots = answered ? { ...dialogue.slots, [asked]: 'unknown' } : dialogue.slots;
  return proceed({ ...dialogue, slots, wish: wish ?? 'book' }, policy, 'Okay.');
}

/** Did not understand: the ladder. Asked again, asked differently, offered a person, and put through. */
export function miss(dialogue: Dialogue, policy: Policy): Thought {
  const misses = dialogue.misses + 1;
  const next = { ...dialogue, misses };
  const repair = policy.repair(misses, dialogue.asked, dialogue);
  if (repair.kind === 'go-on') return goOn(dialogue, policy);
  if (repair.kind === 'ask') return [next, [say(repair.text)]];
  return next.offered ? putThrough(next, next.offered) : offer(next, policy);
}

/** Failures after which the least sound of hers is taken for the next one: a short word mumbled is no louder than a cough. */
const ALL_EARS = 2;

/** A sound that is no turn: none of our business, unless two ways of asking have failed. */
export const onSound = (dialogue: Dialogue, policy: Policy): Thought =>
  dialogue.misses >= ALL_EARS && !dialogue.offered ? miss(dialogue, policy) : [dialogue, []];
