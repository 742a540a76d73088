import type { Facts } from '../../harness/model/plan.ts';
import { isLight, isMumble } from '../ear/lexicon.ts';
import { isEmpty, read } from '../ear/read.ts';
import { addressed, ask, handOver, proceed } from './asking.ts';
import { say } from './dialogue.ts';
import type { Act, Cue, Dialogue, HandOver, Thought } from './dialogue.ts';
import { cannotHear, ofCourse, offerPerson, willCallBack } from './phrases.ts';
import type { Policy } from './policy.ts';

type Heard = Extract<Cue, { kind: 'heard' }>;

/** Whoever she was to be put through to, else the front desk; nobody once that one did not answer. */
function somebodyFor({ wanted, tried }: Dialogue): HandOver | undefined {
  const desk = [wanted?.desk, 'front desk'].find((name) => name !== undefined && !tried.includes(name));
  return desk === undefined ? undefined : { desk, reason: wanted?.reason ?? 'could not understand the caller' };
}

/** Neither understood nor taken by anybody: what is known of her is left for whoever comes back. */
function leaveNote(dialogue: Dialogue, policy: Policy): Thought {
  const known = policy.needs.message.flatMap((slot) => {
    const value = dialogue.slots[slot];
    return value === undefined ? [] : [[slot, value]];
  });
  const values: Facts = { ...Object.fromEntries(known), ...addressed(dialogue) };
  const note: Act = { kind: 'office', request: { kind: 'commit', action: 'message', values } };
  return [{ ...dialogue, over: true }, [say(willCallBack), note, { kind: 'hang-up' }]];
}

/** Two ways of asking have failed: she is offered a person, or called back where there is none, or she wants none. */
export function offer(dialogue: Dialogue, policy: Policy): Thought {
  const to = somebodyFor(dialogue);
  if (!to || dialogue.declined) return leaveNote(dialogue, policy);
  const { asked, askedBefore } = dialogue;
  const [next, acts] = ask(dialogue, 'consent', undefined, offerPerson(to.desk));
  return [{ ...next, offered: { to, asked, askedBefore } }, acts];
}

/** She says nothing to the offer, or nothing that anybody could understand: it is time for that person. */
export const putThrough = (dialogue: Dialogue, { to }: NonNullable<Dialogue['offered']>): Thought =>
  handOver(dialogue, to, undefined, cannotHear(to.desk));

/** As it stood before the offer was made. */
export function withdrawn(dialogue: Dialogue): Dialogue {
  const { offered } = dialogue;
  if (!offered) return dialogue;
  return { ...dialogue, offered: undefined, asked: offered.asked, askedBefore: offered.askedBefore };
}

/** A yes or a no to the offer; "mm-hm" is a yes here. Undefined for anything else. */
export function onOffer(dialogue: Dialogue, cue: Heard, policy: Policy): Thought | undefined {
  const meaning = read(cue.text, dialogue.asked);
  const { offered } = dialogue;
  const nods = isLight(cue.text) && !isMumble(cue.text) && cue.mostly === undefined;
  if (!offered || !(nods || isEmpty({ ...meaning, answer: undefined, thanks: false }))) return undefined;
  if (nods || meaning.answer === 'yes') return handOver(dialogue, offered.to);
  const on: Dialogue = { ...withdrawn(dialogue), misses: 0, declined: true };
  return meaning.answer === 'no' ? proceed(on, policy, ofCourse) : undefined;
}
