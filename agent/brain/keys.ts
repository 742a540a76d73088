import type { DtmfKey } from '../../harness/model/line.ts';
import { PHONE_DIGITS } from '../ear/slots.ts';
import { ask, proceed } from './asking.ts';
import { afresh } from './dialogue.ts';
import type { Dialogue, Thought } from './dialogue.ts';
import { tooShort } from './phrases.ts';
import type { Policy } from './policy.ts';
import { changed, revisedSaying } from './revising.ts';

/** What a key stands for wherever no number is being typed; a telephone number begins with neither. */
const ANYWHERE: Readonly<Partial<Record<DtmfKey, string>>> = { '0': 'a person please', '*': 'say that again' };

const ANSWERS: Readonly<Partial<Record<DtmfKey, 'yes' | 'no'>>> = { '1': 'yes', '2': 'no' };

/** The words that `key` stands for: 0 a person, * once more, 1 and 2 yes and no where that was asked; undefined in a number. */
export function wordsFor({ asked, keys }: Dialogue, key: DtmfKey): string | undefined {
  if (keys !== '') return undefined;
  const asksYesOrNo = asked === 'confirm' || asked === 'more' || asked === 'consent';
  return ANYWHERE[key] ?? (asksYesOrNo ? ANSWERS[key] : undefined);
}

/** A key of a telephone number: seven make it whole, `#` ends it, `*` begins it anew. */
export function onKey(dialogue: Dialogue, key: DtmfKey, policy: Policy): Thought {
  if (key === '*') return [{ ...dialogue, keys: '' }, []];
  const keys = key === '#' ? dialogue.keys : dialogue.keys + key;
  if (keys.length === 0 || (keys.length < PHONE_DIGITS && key !== '#')) return [{ ...dialogue, keys }, []];
  const anew = { ...dialogue, keys: '', digits: '', silences: 0 };
  if (keys.length < PHONE_DIGITS) return ask(anew, 'phone', undefined, tooShort);
  const slots = policy.revise(dialogue.slots, { phone: keys.slice(-PHONE_DIGITS) });
  const next = afresh({ ...anew, slots });
  const revised = changed(dialogue.slots, slots);
  return proceed(next, policy, revised === undefined ? undefined : revisedSaying(revised, next));
}
