import type { Pcm, WordTime } from '../model/audio.ts';
import type { WrittenWord } from '../model/speech.ts';
import { AUDIBLE_DEPTH_DB, audibleBounds } from './dsp/bounds.ts';
import { speechLevel } from './dsp/level.ts';
import { toFloats } from './dsp/samples.ts';
import { spokenWords } from './spoken-words.ts';

/** A token of a transcript with the times its engine gave it, ms. */
export interface TimedToken {
  readonly text: string;
  readonly fromMs: number;
  readonly toMs: number;
}

/** Whisper's own word times come from its attention, on a grid of 20 ms; taken to be right within this, ms. */
const ENGINE_U_MS = 200;
/** Words spread by their length: of 282 in 30 sentences of flite, 95 % lay within this share of their stretch, or this, ms. */
const SPREAD_U_SHARE = 0.14;
const SPREAD_U_MS = 200;

/** Words where their engine heard them. */
export const timedWords = (tokens: readonly TimedToken[]): readonly WrittenWord[] =>
  joined(tokens).flatMap(({ text, fromMs, toMs }) => spread(spokenWords(text), fromMs, toMs, ENGINE_U_MS));

/** A number is one token to its reader, however its engine has cut it: "555" and "-0142". */
function joined(tokens: readonly TimedToken[]): readonly TimedToken[] {
  const whole: TimedToken[] = [];
  for (const token of tokens) {
    const before = whole.at(-1);
    const goesOn = /^[-:.,/]\d/.test(token.text.trim()) || (before?.text.endsWith('$') ?? false);
    if (before && goesOn)
      whole[whole.length - 1] = { ...before, text: before.text + token.text.trim(), toMs: token.toMs };
    else whole.push(token);
  }
  return whole;
}

/** Words of an engine that gives no times: spread by their length over what sounds in `samples`. */
export function spreadWords(text: string, samples: Pcm, rate: number): readonly WrittenWord[] {
  const { fromMs, toMs } = audibleIn(toFloats(samples), rate);
  return spread(spokenWords(text), fromMs, toMs, Math.max(SPREAD_U_MS, SPREAD_U_SHARE * (toMs - fromMs)));
}

/** The same of what a voice said: estimates, as good as speech is even. */
export function spreadTimes(words: readonly string[], samples: Float32Array, rate: number): readonly WordTime[] {
  const { fromMs, toMs } = audibleIn(samples, rate);
  return shares(words, fromMs, toMs).map(({ text, fromMs: start, toMs: end }) => ({ word: text, start, end }));
}

function audibleIn(samples: Float32Array, rate: number): { readonly fromMs: number; readonly toMs: number } {
  const level = speechLevel(samples, rate).activeDb;
  const { onset, end } = audibleBounds(samples, rate, level - AUDIBLE_DEPTH_DB) ?? { onset: 0, end: samples.length };
  return { fromMs: (onset * 1000) / rate, toMs: (end * 1000) / rate };
}

const spread = (text: string, fromMs: number, toMs: number, uMs: number): readonly WrittenWord[] =>
  shares(text.split(' ').filter(Boolean), fromMs, toMs).map((word) => ({ ...word, uMs }));

/** Each word's share of a stretch, by its letters, and one for the gap behind it. */
function shares(words: readonly string[], fromMs: number, toMs: number): readonly TimedToken[] {
  const letters = words.reduce((sum, word) => sum + word.length + 1, 0);
  let at = fromMs;
  return words.map((text) => {
    const from = at;
    at += ((toMs - fromMs) * (text.length + 1)) / letters;
    return { text, fromMs: from, toMs: at };
  });
}
