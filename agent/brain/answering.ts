import type { Meaning, Slot } from '../ear/meaning.ts';
import { isLight } from '../ear/lexicon.ts';
import { ask, commit, disagreed, end, proceed } from './asking.ts';
import type { Dialogue, Thought } from './dialogue.ts';
import { goodbye, whatToChange } from './phrases.ts';
import type { Policy } from './policy.ts';

const slotNames: readonly Slot[] = ['service', 'day', 'time', 'name', 'phone', 'message'];

function refused(dialogue: Dialogue, policy: Policy): Thought {
  const loops = dialogue.loops + 1;
  if (loops >= policy.loops) return disagreed({ ...dialogue, loops });
  const [next, acts] = ask({ ...dialogue, loops }, 'confirm', undefined, whatToChange);
  // A yes to that agrees to nothing that was refused a moment ago.
  return [{ ...next, readBackUnheard: true }, acts];
}

/** The value she refuses without a new one in its place: it was misheard, and has been misheard again. */
export function doubted(dialogue: Dialogue, meaning: Meaning): Slot | undefined {
  if (dialogue.asked !== 'confirm' || meaning.answer !== 'no') return undefined;
  const slot = meaning.about ?? slotNames.find((name) => meaning.slots[name] !== undefined);
  if (slot === undefined || dialogue.slots[slot] === undefined) return undefined;
  const told = meaning.slots[slot];
  return told === undefined || told === dialogue.slots[slot] ? slot : undefined;
}

/** A yes or a no to what was asked; undefined when the turn held something better to go by. */
export function onAnswer(dialogue: Dialogue, meaning: Meaning, policy: Policy): Thought | undefined {
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

/** Leaves when she does: a goodbye, or "no, thanks" to "anything else?". */
export function leaves(dialogue: Dialogue, meaning: Meaning): boolean {
  if (meaning.bye) return true;
  return dialogue.asked === 'more' && (meaning.answer === 'no' || meaning.thanks || isLight(meaning.text));
}
