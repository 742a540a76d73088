import { chance, hashSeed, type Chance } from '../../harness/model/seed.ts';
import cafePlace from '../../personas/places/cafe.ts';
import { frozenSentences, isFrozen, type FrozenSentence } from '../frozen.ts';
import { sentenceOf } from '../language/pattern.ts';
import { RULES } from '../language/sentences.ts';
import { COMMON_WORDS } from '../language/words.ts';
import { harnessBand, mumbled, overTelephone } from '../speech/channel.ts';
import { espeakSay } from '../speech/espeak.ts';
import { FLITE_VOICES, type openFlite } from '../speech/flite.ts';
import { cafeNoise, pinkNoise } from '../speech/noise.ts';
import { amplify, resample, type Signal } from '../speech/signal.ts';

type Flite = Awaited<ReturnType<typeof openFlite>>;

/** espeak-ng voices that are in neither training nor tuning. */
export const HELD_OUT_VOICES: readonly string[] = ['en-us+linda', 'en-gb-x-rp+grandma', 'en-us+adam'];

/** espeak-ng voices that only ever talk in the background of a measurement. */
const BACKGROUND_VOICES = 'gustave miguel pablo pedro sandro marcelo announcer Jacky'
  .split(' ')
  .map((v) => `en-us+${v}`);

/**
 * What is done to the speech: a clean line, a babble of real words or the harness's own cafe at a speech-to-noise
 * ratio in dB, or mumbling over a fixed floor.
 */
export const CONDITIONS: readonly string[] = ['clean', 'babble20', 'babble10', 'place20', 'place10', 'mumbled'];

/** Backgrounds to measure in, at 8 kHz. */
export interface Noises {
  readonly babble: Float32Array;
  readonly place: Float32Array;
}

/** Sentences to listen to: the frozen list, or fresh ones from the training rules to tune on. */
export function sentencesOf(list: string): readonly FrozenSentence[] {
  const frozen = frozenSentences();
  if (list === 'frozen') return frozen;
  const dice = chance(hashSeed('tuning sentences'));
  const from = Object.entries(TUNING);
  return Array.from({ length: 40 }, (_, i) => {
    const [rule, state] = from[i % from.length] ?? ['when', 'when'];
    for (;;) {
      const text = sentenceOf(RULES, rule, dice).replaceAll(',', '').split(/\s+/).join(' ');
      if (!isFrozen(text, frozen)) return { state, text };
    }
  });
}

const TUNING: Readonly<Record<string, string>> = {
  book: 'open',
  move: 'open',
  name: 'name',
  when: 'when',
  date: 'when',
  number: 'phone',
  born: 'birth',
  why: 'reason',
  fix: 'when',
  human: 'open',
};

/** Backgrounds of `seconds`: ten talkers reading random words, and the harness's cafe under a seed of its own. */
export async function testNoises(flite: Flite, seconds: number): Promise<Noises> {
  const talkers: Float32Array[] = [];
  for (const voice of [...BACKGROUND_VOICES, 'slt', 'rms']) {
    const dice = chance(hashSeed('measuring', voice));
    const samples = new Float32Array(seconds * 8000);
    for (let at = 0; at < samples.length;) {
      const text = Array.from({ length: 12 }, () => dice.pick(COMMON_WORDS)).join(' ');
      const speech = resample(await say(flite, text, voice, 1), 8000).samples;
      samples.set(speech.subarray(0, samples.length - at), at);
      at += speech.length;
    }
    talkers.push(samples);
  }
  const dice = chance(hashSeed('measuring', 'cafe'));
  return { babble: cafeNoise(talkers, 8000, dice), place: cafePlace.noise(seconds * 8000, 8000, dice) };
}

/** One sentence by one voice under one condition, as it arrives. Same arguments, same samples. */
export async function lineOf(
  flite: Flite,
  noises: Noises,
  text: string,
  voice: string,
  condition: string,
): Promise<Signal> {
  const dice = chance(hashSeed('measuring', text, voice, condition));
  const rate = dice.pick([0.95, 1, 1.1]) * (condition === 'mumbled' ? 1.15 : 1);
  const speech = await say(flite, text, voice, rate);
  if (condition === 'mumbled') return quietOverFloor(mumbled(speech), dice);
  const snrDb = Number(condition.replace(/\D/g, ''));
  if (snrDb === 0) return overTelephone(speech, harnessBand, undefined, dice);
  const length = Math.ceil((speech.samples.length / speech.rate + 1) * 8000);
  const loop = condition.startsWith('place') ? noises.place : noises.babble;
  const from = Math.floor(dice.between(0, loop.length - length));
  return overTelephone(speech, harnessBand, { samples: loop.subarray(from, from + length), snrDb }, dice);
}

function quietOverFloor(speech: Signal, dice: Chance): Signal {
  const length = Math.ceil((speech.samples.length / speech.rate + 1) * 8000);
  return amplify(overTelephone(speech, harnessBand, { samples: pinkNoise(length, dice), snrDb: 25 }, dice), -8);
}

async function say(flite: Flite, text: string, voice: string, rate: number): Promise<Signal> {
  const spelled = text.replaceAll('a.m.', 'A M').replaceAll('p.m.', 'P M');
  if (FLITE_VOICES.includes(voice)) return flite.say(spelled, voice, { rate, pitch: 1 });
  return espeakSay(spelled, voice, { speed: Math.round(165 * rate), pitch: 50 });
}
