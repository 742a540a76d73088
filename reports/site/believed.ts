import type { Activity } from '../../harness/model/activity.ts';
import type { CallEvent } from '../../harness/model/record.ts';
import { claimsOf } from '../../metrics/turns/claims.ts';
import type { Claimed } from '../../metrics/turns/claims.ts';
import { plainWords, wordsBetween } from '../../metrics/turns/words.ts';

/** A word of one side, bare of case and marks. */
export interface HeldWord {
  readonly text: string;
  /** The other side has not got it. */
  readonly differs: boolean;
}

/** One utterance of a call beside what the agent believes of it. */
export interface Believed {
  /** Where to listen, ms. */
  readonly at: number;
  readonly who: 'caller' | 'agent';
  /** What was said: hers is known exactly, the agent's as an ear heard it; undefined where none listened. */
  readonly said: readonly HeldWord[] | undefined;
  /** What the agent says it heard of hers, or says it said itself; undefined where it says nothing. */
  readonly taken: readonly HeldWord[] | undefined;
  /** What else there is to say about it; '' for nothing. */
  readonly note: string;
}

/** Every utterance of a call in order, with what the agent claims it heard and said. The claims are on the call's clock. Pure. */
export function believedOf(events: readonly CallEvent[], activity: Activity | undefined): readonly Believed[] {
  const transcripts = claimsOf({ events }, 'transcript');
  const own = claimsOf({ events }, 'said')
    .filter(({ text }) => plainWords(text).length > 0)
    .map((claim) => saidByAgent(claim, activity));
  return [...heardFromHer(events, transcripts), ...own].toSorted((a, b) => a.at - b.at);
}

interface Utterance {
  readonly onset: number;
  readonly text: string;
  readonly desk: boolean;
}

const utteranceOf = (event: CallEvent): readonly Utterance[] => {
  if (event.kind === 'said') return [{ onset: event.onset, text: event.text, desk: event.desk }];
  if (event.kind !== 'stimulus' || event.sham || event.text === '') return [];
  return [{ onset: event.onset, text: event.text, desk: false }];
};

/** What it heard belongs to the utterance after whose onset, and before the next one's, it ended. */
function heardFromHer(events: readonly CallEvent[], transcripts: readonly Claimed[]): readonly Believed[] {
  const utterances = events.flatMap(utteranceOf).toSorted((a, b) => a.onset - b.onset);
  const first = utterances[0]?.onset ?? Infinity;
  const invented = transcripts
    .filter(({ to }) => to <= first)
    .map(({ from, text }): Believed => beside(from, 'caller', '', text, 'she had said nothing yet'));
  const rows = utterances.map(({ onset, text, desk }, i): Believed => {
    const until = utterances[i + 1]?.onset ?? Infinity;
    const heard = transcripts.filter(({ to }) => to > onset && to <= until);
    if (desk) return { at: onset, who: 'caller', said: plain(text), taken: undefined, note: 'said to a desk' };
    if (heard.length > 0) return beside(onset, 'caller', text, heard.map((one) => one.text).join(' '), '');
    const note = transcripts.length > 0 ? 'it does not say that it heard this' : '';
    return { at: onset, who: 'caller', said: plain(text), taken: undefined, note };
  });
  return [...invented, ...rows];
}

/** How far a claim's bounds may lie from the words', ms. */
const SLACK = 300;

function saidByAgent({ from, to, text }: Claimed, activity: Activity | undefined): Believed {
  const silent = activity && !activity.agent.some(({ onset, end }) => end > from && onset < to);
  const note = silent ? 'nothing was heard on the line then' : '';
  if (!activity?.words) return { at: from, who: 'agent', said: undefined, taken: plain(text), note };
  const heard = wordsBetween(activity.words, from - SLACK, to + SLACK);
  return beside(from, 'agent', heard.map((word) => word.text).join(' '), text, note);
}

const plain = (text: string): readonly HeldWord[] => plainWords(text).map((word) => ({ text: word, differs: false }));

function beside(at: number, who: Believed['who'], said: string, taken: string, note: string): Believed {
  const [a, b] = [plainWords(said), plainWords(taken)];
  const common = commonWords(a, b);
  return {
    at,
    who,
    said: a.map((text, i) => ({ text, differs: !common.some(([inA]) => inA === i) })),
    taken: b.map((text, i) => ({ text, differs: !common.some(([, inB]) => inB === i) })),
    note,
  };
}

/** Places in `a` and `b` of their longest common subsequence (Wagner and Fischer 1974). */
function commonWords(a: readonly string[], b: readonly string[]): readonly (readonly [number, number])[] {
  const longest = Array.from({ length: a.length + 1 }, () => Array.from({ length: b.length + 1 }, () => 0));
  const at = (i: number, j: number): number => longest[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    const row = longest[i];
    if (!row) continue;
    for (let j = b.length - 1; j >= 0; j--) {
      row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const common: [number, number][] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) common.push([i++, j++]);
    else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return common;
}
