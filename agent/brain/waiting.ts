import { ask, end } from './asking.ts';
import { say } from './dialogue.ts';
import type { Policy } from './policy.ts';
import { miss } from './repairing.ts';
import type { Dialogue, Thought } from './dialogue.ts';
import { askedAfter, noAnswer, oneMoment, questionAbout, stillThere, takeYourTime, welcomeBack } from './phrases.ts';

/** Silences, of 7 s each (`manners.silenceMs`), that a caller who asked us to hold on is left alone for: about half a minute. */
const HELD_FOR = 4;

const questionOf = (dialogue: Dialogue): string => dialogue.question || questionAbout('opening', undefined);

/** She asked us to hold on. */
export const hold = (dialogue: Dialogue): Thought => [{ ...dialogue, holding: HELD_FOR }, [say(takeYourTime)]];

/** She is back, and has said no more than that. */
export const welcome = (dialogue: Dialogue): Thought => [
  { ...dialogue, holding: 0, silences: 0 },
  [say(`${welcomeBack} ${questionOf(dialogue)}`)],
];

/** Nobody speaks: asks again, then in another way, then lets her go. Who waits for the office, or asked us to, is let wait. */
export function onSilence(dialogue: Dialogue, policy: Policy): Thought {
  if (dialogue.office !== 'idle') return [dialogue, []];
  if (dialogue.holding > 1) return [{ ...dialogue, holding: dialogue.holding - 1 }, []];
  // She was asked to say it again: what she said, if anything, was not even noticed.
  if (dialogue.misses > 0) return miss({ ...dialogue, holding: 0, keys: '' }, policy);
  const silences = dialogue.silences + 1;
  const next = { ...dialogue, silences, holding: 0, keys: '' };
  if (silences >= 3) return end(next, noAnswer);
  const first = dialogue.holding > 0 ? `${stillThere} ${questionOf(dialogue)}` : questionOf(dialogue);
  return silences === 1 ? [next, [say(first)]] : ask(next, dialogue.asked, undefined, askedAfter(dialogue.asked));
}

/** The office takes long: she is told once. */
export const onSlowOffice = (dialogue: Dialogue): Thought =>
  dialogue.office === 'asked' ? [{ ...dialogue, office: 'slow' }, [say(oneMoment)]] : [dialogue, []];
