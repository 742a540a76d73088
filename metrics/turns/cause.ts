import type { CallView, Score } from '../../harness/model/metric.ts';
import type { Ms } from '../../harness/model/time.ts';
import { claimsOf } from './claims.ts';
import { sameValue, toldBy } from './ledger.ts';
import { findPhrase, plainWords } from './words.ts';
import { sayingsOf } from './lexicon.ts';

type Cause = NonNullable<Score['cause']>;

/** An ear's transcript of her line is claimed to begin where the line ends, or a little before (ms). */
const AROUND_ITS_END = 1000;

/**
 * Why `slot` did not travel as `value`: no transcript since she said it holds it (`ear`); one does, and the agent never said
 * the value itself (`slot`: it heard it and did not keep it, as far as can be told); it said it, and handed over something
 * else (`packet`). Undefined without claims, and for values that are no words of hers (a reason, an action).
 */
export function causeOf(call: CallView, slot: string, value: string, until: Ms): Cause | undefined {
  const told = toldBy(call.events).findLast(
    (one) => one.slot === slot && sameValue(one.value, value) && one.at <= until,
  );
  const line =
    told && call.events.find((event) => 'text' in event && event.at <= told.at && spokenIn(event.text, value));
  const transcripts = claimsOf(call, 'transcript');
  if (!told || !line || transcripts.length === 0) return undefined;
  const since = told.at - AROUND_ITS_END;
  const said = (what: 'transcript' | 'said'): boolean =>
    claimsOf(call, what).some(({ text, to }) => to >= since && spokenIn(text, value));
  if (!said('transcript')) return 'ear';
  return said('said') ? 'packet' : 'slot';
}

const spokenIn = (text: string, value: string): boolean => {
  const words = plainWords(text).map((word) => ({ text: word }));
  return [...sayingsOf(value), ...shorter(value)].some((phrase) => findPhrase(words, phrase) !== undefined);
};

/** She is asked for a time, so she says "three" alone. */
const shorter = (value: string): readonly string[] =>
  /^\d{2}:\d{2}$/.test(value) ? sayingsOf(value).map((form) => form.replace(/^at /, '')) : [];
