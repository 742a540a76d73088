/**
 * Writes a share of the training corpus: `corpus.ts FOLDER COUNT PART PARTS SEED`.
 * Utterance n depends on the seed and n alone, so the parts may be made side by side.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chance, hashSeed, type Chance } from '../harness/model/seed.ts';
import { encodeWav } from '../harness/model/wav.ts';
import { frozenSentences, isFrozen } from './frozen.ts';
import { trainingSentence } from './language/sentences.ts';
import { overTelephone, type Background } from './speech/channel.ts';
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
  const line = overTelephone(speech, background, dice);
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
  const samples =
    kind < 0.6
      ? cafeNoise(someTalkers(length, dice), 8000, dice)
      : kind < 0.8
        ? streetNoise(length, 8000, dice)
        : pinkNoise(length, dice);
  return { samples, snrDb: dice.between(5, 25) };
}

function someTalkers(length: number, dice: Chance): readonly Float32Array[] {
  return Array.from({ length: 4 + Math.floor(dice.next() * 6) }, () => {
    const talker = dice.pick(talkers);
    const from = Math.floor(dice.between(0, Math.max(1, talker.length - length)));
    return talker.slice(from, from + length);
  });
}
