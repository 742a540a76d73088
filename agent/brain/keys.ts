import type { DtmfKey } from '../../harness/model/line.ts';
import { PHONE_DIGITS } from '../ear/slots.ts';
import { ask, proceed } from './asking.ts';
import type { Dialogue, Thought } from './dialogue.ts';
import { tooShort } from './phrases.ts';
import type { Policy } from './policy.ts';
import { changed, revisedSaying } from './revising.ts';

const ANSWERS: Readonly<Partial<Record<DtmfKey, 'yes' | 'no'>>> = { '1': 'yes', '2': 'no' };

/** The answer that `key` gives to a question for a yes or a no; undefined where none was asked. */
export const answerOf = ({ asked }: Dialogue, key: DtmfKey): 'yes' | 'no' | undefined =>
  asked === 'confirm' || asked === 'more' || asked === 'consent' ? ANSWERS[key] : undefined;

/** A key of a telephone number: seven make it whole, `#` ends it, `*` begins it anew. */
export function onKey(dialogue: Dialogue, key: DtmfKey, policy: Policy): Thought {
  if (key === '*') return [{ ...dialogue, keys: '' }, []];
  const keys = key === '#' ? dialogue.keys : dialogue.keys + key;
  if (keys.length === 0 || (keys.length < PHONE_DIGITS && key !== '#')) return [{ ...dialogue, keys }, []];
  const anew = { ...dialogue, keys: '', digits: '', silences: 0 };
  if (keys.length < PHONE_DIGITS) return ask(anew, 'phone', undefined, tooShort);
  const slots = policy.revise(dialogue.slots, { phone: keys.slice(-PHONE_DIGITS) });
  const next = { ...anew, slots, misses: 0 };
  const revised = changed(dialogue.slots, slots);
  return proceed(next, policy, revised === undefined ? undefined : revisedSaying(revised, next));
}
