/**
 * Writes a share of the training corpus: `corpus.ts FOLDER COUNT PART PARTS SEED`.
 * Utterance n depends on the seed and n alone, so the parts may be made side by side.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Place } from '../harness/model/person.ts';
import { chance, hashSeed, type Chance } from '../harness/model/seed.ts';
import { encodeWav } from '../harness/model/wav.ts';
import cafePlace from '../personas/places/cafe.ts';
import streetPlace from '../personas/places/street.ts';
import { frozenSentences, isFrozen } from './frozen.ts';
import { trainingSentence } from './language/sentences.ts';
import { gentleBand, harnessBand, overTelephone, type Background } from './speech/channel.ts';
import { ESPEAK_ACCENTS, ESPEAK_VARIANTS, espeakSay, needEspeak, type EspeakManner } from './speech/espeak.ts';
import { FLITE_VOICES, openFlite } from './speech/flite.ts';
import { cafeNoise, pinkNoise, streetNoise } from './speech/noise.ts';
import { resample, type Signal } from './speech/signal.ts';

const FLITE_SHARE = 0.55;
const NOISY_SHARE = 0.5;
const TALKERS = 20;
const NOISE_SECONDS = 45;

const [folder = 'corpus', count = 100, part = 0, parts = 1, seed = 1] = process.argv
  .slice(2)
  .map((word, i) => (i === 0 ? word : Number(word))) as [string, number, number, number, number];

needEspeak();
const flite = await openFlite();
const frozen = frozenSentences();
mkdirSync(join(folder, 'wav'), { recursive: true });
const talkers = await recordTalkers();
const cafes = placeLoops(cafePlace);
const streets = placeLoops(streetPlace);
const ids: string[] = [];
const transcripts: string[] = [];
for (let n = part; n < count; n += parts) await writeUtterance(n);
flite.close();
writeFileSync(join(folder, `part-${part}.fileids`), ids.map((id) => `${id}\n`).join(''));
writeFileSync(join(folder, `part-${part}.transcription`), transcripts.map((line) => `${line}\n`).join(''));

async function writeUtterance(n: number): Promise<void> {
  const dice = chance(hashSeed(seed, 'utterance', n));
  const text = unseenSentence(dice);
  const speech = await speak(text, dice);
  const seconds = speech.samples.length / speech.rate + 1;
  const background = dice.next() < NOISY_SHARE ? anyBackground(Math.ceil(seconds * 8000), dice) : undefined;
  const line = overTelephone(speech, dice.next() < 0.6 ? harnessBand : gentleBand, background, dice);
  const id = `u${String(n).padStart(5, '0')}`;
  const gain = 10 ** (dice.between(-8, 4) / 20);
  const pcm = Int16Array.from(line.samples, (sample) => Math.max(-32768, Math.min(32767, sample * gain * 32768)));
  writeFileSync(join(folder, 'wav', `${id}.wav`), encodeWav([pcm], line.rate));
  ids.push(id);
  transcripts.push(`<s> ${text.replaceAll(',', '').split(/\s+/).join(' ')} </s> (${id})`);
}

function unseenSentence(dice: Chance): string {
  for (;;) {
    const text = trainingSentence(dice);
    if (!isFrozen(text, frozen)) return text;
  }
}

async function speak(text: string, dice: Chance): Promise<Signal> {
  const spelled = text.replaceAll('a.m.', 'A M').replaceAll('p.m.', 'P M');
  if (dice.next() >= FLITE_SHARE) return espeakSay(spelled, espeakVoice(dice), espeakManner(dice));
  const voice = dice.pick(FLITE_VOICES);
  const own = dice.next() < 0.5;
  const speech = await flite.say(spelled, voice, {
    rate: dice.between(0.85, 1.25),
    pitch: own ? 1 : dice.between(0.85, 1.2),
  });
  // Played a little fast or slow, a voice is another throat.
  return own ? speech : resample({ rate: speech.rate * dice.between(0.93, 1.08), samples: speech.samples }, 16_000);
}

function espeakVoice(dice: Chance): string {
  return `${dice.pick(ESPEAK_ACCENTS)}${dice.next() < 0.15 ? '' : `+${dice.pick(ESPEAK_VARIANTS)}`}`;
}

function espeakManner(dice: Chance): EspeakManner {
  return { speed: Math.round(dice.between(130, 195)), pitch: Math.round(dice.between(25, 75)) };
}

/** Half a minute and more of each background talker: training voices reading training sentences. */
async function recordTalkers(): Promise<readonly Float32Array[]> {
  const recordings: Float32Array[] = [];
  for (let n = 0; n < TALKERS; n++) {
    const dice = chance(hashSeed(seed, 'talker', n));
    const voice = n < FLITE_VOICES.length ? undefined : espeakVoice(dice);
    const samples = new Float32Array(NOISE_SECONDS * 8000);
    for (let at = 0; at < samples.length;) {
      const text = unseenSentence(dice);
      const speech = voice
        ? await espeakSay(text, voice, espeakManner(dice))
        : await flite.say(text, FLITE_VOICES[n] ?? 'slt', { rate: 1, pitch: 1 });
      const narrow = resample(speech, 8000).samples;
      samples.set(narrow.subarray(0, samples.length - at), at);
      at += narrow.length;
    }
    recordings.push(samples);
  }
  return recordings;
}

function anyBackground(length: number, dice: Chance): Background {
  const kind = dice.next();
  const snrDb = dice.between(5, 25);
  if (kind < 0.35) return { samples: cafeNoise(someTalkers(length, dice), 8000, dice), snrDb };
  if (kind < 0.65) return { samples: stretchOf(dice.pick(cafes), length, dice), snrDb };
  if (kind < 0.75) return { samples: stretchOf(dice.pick(streets), length, dice), snrDb };
  if (kind < 0.85) return { samples: streetNoise(length, 8000, dice), snrDb };
  return { samples: pinkNoise(length, dice), snrDb };
}

function stretchOf(noise: Float32Array, length: number, dice: Chance): Float32Array {
  const from = Math.floor(dice.between(0, Math.max(1, noise.length - length)));
  return noise.slice(from, from + length);
}

/** The harness's own places, under seeds of training. */
function placeLoops(place: Place): readonly Float32Array[] {
  return Array.from({ length: 5 }, (_, n) =>
    place.noise(NOISE_SECONDS * 8000, 8000, chance(hashSeed(seed, 'training place', n))),
  );
}

function someTalkers(length: number, dice: Chance): readonly Float32Array[] {
  return Array.from({ length: 4 + Math.floor(dice.next() * 6) }, () => {
    return stretchOf(dice.pick(talkers), length, dice);
  });
}
