import type { HeardWord, Sounding } from '../../harness/model/activity.ts';
import type { CallView, Reaction } from '../../harness/model/metric.ts';
import type { Ms } from '../../harness/model/time.ts';
import { afterFillers } from './lexicon.ts';
import { HICCUP, STUMBLE } from './reactions.ts';
import { callerSpeech } from './spans.ts';
import { LONGEST_WAIT, TURN_END_OVERLAP } from './turns.ts';
import { wordsBetween, wordsOf } from './words.ts';

/** What the agent made of an interruption. */
export interface Recovery {
  readonly reaction: Reaction;
  /** `resumed` and `restarted`: it went on with what it had been saying, or began it again. */
  readonly label: 'answered' | 'restarted' | 'resumed' | 'ignored';
  /** What it said next; undefined when it was ignored. */
  readonly next: Sounding | undefined;
  /** Until when an answer was waited for, and whether the agent's hang-up ended it. */
  readonly until: Ms;
  readonly hungUp: boolean;
}

/** One recovery for every interruption that fell into the agent's speech. Undefined where words are not seen. */
export function recoveriesOf(call: CallView): readonly Recovery[] | undefined {
  const words = wordsOf(call);
  return (
    words &&
    call.reactions
      .filter(({ event, into }) => event.takesFloor && !event.sham && into !== undefined)
      .map((reaction) => recoveryOf(call, reaction, words))
  );
}

function recoveryOf(call: CallView, reaction: Reaction, words: readonly HeardWord[]): Recovery {
  const { event, into, stop = call.over } = reaction;
  const next = callerSpeech(call).find(({ from }) => from > event.end)?.from ?? Infinity;
  const until = Math.min(next, call.over, event.end + LONGEST_WAIT) as Ms;
  const hungUp = until === call.over && call.events.some((e) => e.kind === 'ended' && e.ending.by === 'them');
  const resumed = whileSheSpoke(call, reaction);
  const from = Math.max(stop, event.end - TURN_END_OVERLAP);
  const answer = call.utterances.find(({ onset }) => onset >= from && onset < until);
  const about = { reaction, until, hungUp };
  if (resumed) return { ...about, label: 'resumed', next: resumed };
  if (!answer) return { ...about, label: 'ignored', next: undefined };
  const before = wordsBetween(words, (into?.onset ?? event.onset) - 100, stop + 100);
  const after = wordsBetween(words, Math.max(answer.onset - 100, stop + 1), answer.end + 100);
  return { ...about, label: labelOf(before, after), next: answer };
}

/** A sound this short between two breaks is the tail of a word (ms). */
const TAIL = 300;

/** The agent took up speaking again, after a break too long for a hiccup, while she was still talking. */
function whileSheSpoke(call: CallView, { event }: Reaction): Sounding | undefined {
  return call.utterances.find((utterance, i) => {
    const before = call.utterances[i - 1];
    const gap = before ? utterance.onset - before.end : 0;
    const hers = utterance.onset > event.onset && utterance.onset < event.end - TURN_END_OVERLAP;
    return hers && gap > HICCUP && gap <= STUMBLE && utterance.end - utterance.onset >= TAIL;
  });
}

/** By the words before the break and after it: the first three again, or a repetition of the last ones. */
function labelOf(before: readonly HeardWord[], after: readonly HeardWord[]): Recovery['label'] {
  const [old, said] = [afterFillers(before), afterFillers(after)].map((words) => words.map(({ text }) => text));
  if (!old || !said || said.length < 2) return 'answered';
  const opening = old.slice(0, 3);
  if (opening.length >= 2 && opening.every((word, i) => said[i] === word)) return 'restarted';
  const tail = old.slice(-4);
  const joint = said.slice(0, 2).join(' ');
  const repeats = tail.some((_, i) => tail.slice(i, i + 2).join(' ') === joint);
  return repeats ? 'resumed' : 'answered';
}
