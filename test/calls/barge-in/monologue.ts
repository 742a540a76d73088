import { clauses, speakClause } from '../../../agent/mouth.ts';
import type { Pcm } from '../../../harness/model/audio.ts';
import { concatPcm } from '../../../harness/model/audio.ts';
import type { Chance } from '../../../harness/model/seed.ts';
import type { Voice, VoiceChoice } from '../../../harness/model/speech.ts';

/** What the agent says in the bench, over and over. */
export const MONOLOGUE =
  'We are open Monday to Friday, from eight in the morning until five in the afternoon, and the building has parking at the back of the house.';

/** Where in the agent's utterance something begins. */
export type Place = 'first 300 ms' | 'mid-word' | 'clause end';

/** The monologue as the agent makes it, with nobody in the way. */
export interface Script {
  readonly samples: Pcm;
  readonly rate: number;
  /** ms from its first sample; `last` of its clause. */
  readonly words: readonly { readonly start: number; readonly end: number; readonly last: boolean }[];
}

export async function makeScript(voice: Voice, choice: VoiceChoice, rate: number): Promise<Script> {
  const parts = await Promise.all(clauses(MONOLOGUE).map((clause) => speakClause(voice, choice, clause, rate)));
  let before = 0;
  const words = parts.flatMap((part) => {
    const at = before;
    before += (part.samples.length * 1000) / rate;
    return part.words.map(({ start, end }, i) => ({
      start: at + start,
      end: at + end,
      last: i === part.words.length - 1,
    }));
  });
  return { samples: concatPcm(parts.map(({ samples }) => samples)), rate, words };
}

/** The agent still has this much to say, ms, whatever is done to it: no end of its own can pass for a stop. */
const LEFT_MS = 2600;

/** An instant of that kind, ms from the utterance's first sample. */
export function instant(place: Place, { words, samples, rate }: Script, dice: Chance): number {
  if (place === 'first 300 ms') return dice.between(20, 300);
  const latest = (samples.length * 1000) / rate - LEFT_MS;
  const usable = words.filter(({ start, end, last }) => {
    if (place === 'clause end') return last && end < latest + 1200;
    return start > 300 && end < latest && end - start > 120;
  });
  const { start, end } = dice.pick(usable);
  return place === 'clause end' ? end + dice.between(-40, 60) : start + dice.between(0.3, 0.7) * (end - start);
}

/** Compared with the script, ms: long enough to be found once only. */
const TAIL_MS = 120;

/**
 * Words of the script that sounded in `wire`, an utterance up to its last sample: where its last audible stretch lies in
 * the script is found by correlation, and a word counts when half of it was out. It lies no earlier than `fromMs`, up to
 * which it was undisturbed, and no later than the utterance is long.
 */
export function wordsOnTheWire(wire: Pcm, fromMs: number, { samples, rate, words }: Script): number {
  const length = Math.round((TAIL_MS * rate) / 1000);
  const tail = wire.subarray(Math.max(0, wire.length - length));
  let best = 0;
  let bestScore = -Infinity;
  const first = Math.max(0, Math.round((fromMs * rate) / 1000) - tail.length);
  const last = Math.min(samples.length, wire.length) - tail.length;
  for (let at = first; at <= last; at++) {
    let product = 0;
    let energy = 1;
    for (let i = 0; i < tail.length; i++) {
      const value = samples[at + i] as number;
      product += value * (tail[i] as number);
      energy += value * value;
    }
    const score = product / Math.sqrt(energy);
    if (score > bestScore) [best, bestScore] = [at, score];
  }
  const until = ((best + tail.length) * 1000) / rate;
  return words.filter(({ start, end }) => (start + end) / 2 <= until).length;
}
