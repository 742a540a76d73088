import type { CallView } from '../../harness/model/metric.ts';
import { ms } from '../../harness/model/time.ts';
import { HOLDS } from './lexicon.ts';
import { callerSpeech, lengthOf, overlap, waits, type Span, type Wait } from './spans.ts';
import { findPhrase, wordsBetween, wordsOf } from './words.ts';

/** Callers take a silence longer than this for a dropped line (ms). */
export const DEAD_AFTER = 2000;
/** "One moment", or music, excuses a silence for this long (ms). */
export const EXCUSED = 8000;
/** An announcement of waiting stands among the last words before the silence. */
const LAST_WORDS = 6;

/** A silence in which the floor was the agent's. */
export interface Silence extends Wait {
  /** How much of it nothing excuses, ms: it lies at its end. */
  readonly dead: number;
}

/** Waits, and what followed on an announcement of waiting. */
export function silences(call: CallView): readonly Silence[] {
  const announced = holds(call);
  const plain = waits(call).filter(({ from }) => !announced.some((hold) => hold.from === from));
  return [
    ...plain.map((wait) => ({ ...wait, dead: Math.max(0, lengthOf(wait) - excusedBy(music(call), wait)) })),
    ...announced.map((hold) => ({ ...hold, dead: Math.max(0, lengthOf(hold) - EXCUSED) })),
  ].toSorted((a, b) => a.from - b.from);
}

/** Silences that began with "one moment" or the like; none where words are not seen. */
export function holds(call: CallView): readonly Wait[] {
  const words = wordsOf(call);
  if (!words) return [];
  const hers = callerSpeech(call).map(({ from }) => from);
  return call.utterances.flatMap((utterance, i) => {
    const last = wordsBetween(words, utterance.onset - 100, utterance.end + 100).slice(-LAST_WORDS);
    if (!HOLDS.some((phrase) => findPhrase(last, phrase) !== undefined)) return [];
    const voice = call.utterances[i + 1]?.onset ?? Infinity;
    const to = Math.min(voice, call.over, ...hers.filter((from) => from > utterance.end));
    return [{ from: utterance.end, to: ms(to), after: 'hold', answered: voice === to }];
  });
}

/** Music the agent plays while the conversation lasts. */
export const music = (call: CallView): readonly Span[] =>
  call.activity.agent
    .filter(({ kind, onset }) => kind === 'music' && onset < call.over)
    .map(({ onset, end }) => ({ from: onset, to: end }));

const excusedBy = (sounds: readonly Span[], wait: Span): number =>
  sounds.reduce((sum, sound) => sum + Math.min(EXCUSED, overlap(sound, wait)), 0);

/** A stretch in which both were silent and it was her turn. */
export interface HerSilence extends Span {
  readonly endedBy: 'agent' | 'caller' | 'end';
}

/** From where the agent stopped speaking to the next word of either, unless the agent had announced waiting or the line was handed over. */
export function herSilences(call: CallView): readonly HerSilence[] {
  const hers = callerSpeech(call);
  const announced = new Set(holds(call).map(({ from }) => from));
  return call.utterances
    .filter(({ end }) => !announced.has(end))
    .filter(({ end }) => !hers.some(({ from, to }) => from <= end && to > end))
    .map(({ end }, i, all): HerSilence => {
      const agent: number = all[i + 1]?.onset ?? Infinity;
      const caller = Math.min(Infinity, ...hers.map(({ from }) => from).filter((from) => from > end));
      const to = ms(Math.min(agent, caller, call.over));
      return { from: end, to, endedBy: to === agent ? 'agent' : to === caller ? 'caller' : 'end' };
    })
    .filter(({ from, to }) => to > from);
}
