import type { Pcm } from '../../harness/model/audio.ts';
import type { Codec } from '../../harness/model/line.ts';
import { chance } from '../../harness/model/seed.ts';
import { decodeG711, encodeG711 } from '../../harness/rtp/g711.ts';
import { levelled } from '../../harness/speech/dsp/level.ts';
import { resample } from '../../harness/speech/dsp/resample.ts';
import { toPcm } from '../../harness/speech/dsp/samples.ts';
import flite from '../../harness/speech/voices/flite.ts';

import { energyOf } from '../../metrics/activity/energy.ts';
import { activeLevelDb, framesOf } from '../../metrics/activity/level.ts';

export const RATE = 8000;
/** Where a clip's sound begins and ends is where it reaches 50 dB below its own peak. */
const AUDIBLE_DB = -50;
const STOP_DB = -20;
const WINDOW = 32;
const LEAD_MS = 1500;

/** How agents begin: with every kind of sound. */
const SENTENCES = [
  'Good morning, this is the front desk. How can I help you today?',
  'Sure, I can do that for you.',
  'Hello, thanks for calling.',
  'Friday at three works. Shall I book it?',
  'I am sorry, could you say that again?',
  'Thank you. What is your phone number?',
  'Perfect, you are all set for Tuesday the fourth.',
  'Okay. And which doctor would you like to see?',
  'Let me check that for you.',
  'We are open from eight to five.',
  'Yes.',
  'Your appointment has been cancelled.',
  'Excellent. Is there anything else I can do for you today?',
  'Have a nice day, and goodbye for now.',
  'May I have your full name, please?',
  'Nobody is free in billing, but I can take a message.',
] as const;

/** None of these took part in fitting the uncertainty: what is published is measured on them. */
const HELD_OUT = [
  'Fine, we will call you back tomorrow morning.',
  'Monday is full, but Wednesday at nine is free.',
  'How old is the patient?',
  'No problem.',
  'I have cancelled it. Would you like a new date?',
  'Cleaning costs eighty dollars.',
  'Please hold while I put you through.',
  'Let us see what we have in the afternoon.',
  'What was the name again?',
  'Very well, that is all I needed.',
] as const;

/** Sentences the stated uncertainty was fitted to, and others. */
export type Lot = 'fitted' | 'held-out';

/** Speech at the telephone's rate, at -26 dBov active, in fractions of full scale, and where it sounds in it, in samples. */
export interface KnownClip {
  readonly voice: string;
  readonly samples: Float32Array;
  readonly onset: number;
  readonly stop: number;
  readonly end: number;
  /** It was cut off in mid-speech. */
  readonly cut: boolean;
}

/** A channel with one clip in it, whole or cut short, as it comes out of the codec. */
export interface KnownChannel {
  readonly agent: Pcm;
  readonly onset: number;
  readonly stop: number;
  readonly end: number;
}

/** Every sentence by every voice of flite, whole, and cut off somewhere in the middle of a sound. */
export async function knownClips(lot: Lot): Promise<readonly KnownClip[]> {
  const clips: KnownClip[] = [];
  const voice = await flite.open();
  for (const name of await flite.voices()) {
    for (const [i, text] of (lot === 'fitted' ? SENTENCES : HELD_OUT).entries()) {
      const spoken = await voice.speak(text, { engine: 'flite', name, rate: 1 });
      const floats = Float32Array.from(spoken.samples, (sample) => sample / 32768);
      const samples = levelled(resample(floats, 16_000, RATE), RATE);
      clips.push(clipOf(name, samples), cutShort(name, samples, i));
    }
  }
  await voice.close();
  return clips;
}

function clipOf(voice: string, samples: Float32Array): KnownClip {
  const peak = samples.reduce((high, sample) => Math.max(high, Math.abs(sample)), 0);
  const heard = (sample: number): boolean => Math.abs(sample) >= peak * 10 ** (AUDIBLE_DB / 20);
  return {
    voice,
    samples,
    onset: samples.findIndex(heard),
    stop: lastLoud(samples),
    end: samples.findLastIndex(heard) + 1,
    cut: false,
  };
}

/** Ends at a sample in the loudest tenth of the clip's second half: the sound stops dead there. */
function cutShort(voice: string, samples: Float32Array, seed: number): KnownClip {
  const dice = chance(seed + 1);
  const whole = clipOf(voice, samples);
  let at = whole.onset;
  do at = Math.round(dice.between(whole.onset + (whole.stop - whole.onset) / 3, whole.stop));
  while (meanSquare(samples, at - WINDOW, at) < 10 ** -2.8);
  return { ...clipOf(voice, samples.slice(0, at)), stop: at, end: at, cut: true };
}

/** Where the level last falls 20 dB below the active level of the clean clip, as the metric defines it. */
function lastLoud(samples: Float32Array): number {
  const pcm = toPcm(samples);
  const levelDb = activeLevelDb(framesOf(energyOf(pcm, RATE), { from: 0, to: pcm.length }));
  const threshold = 10 ** ((levelDb + STOP_DB) / 10);
  for (let at = samples.length; at > WINDOW; at--) {
    if (meanSquare(samples, at - WINDOW, at) < threshold) continue;
    for (let i = at - 1; i > at - WINDOW; i--) if ((samples[i] ?? 0) ** 2 >= threshold) return i + 1;
  }
  return samples.length;
}

function meanSquare(samples: Float32Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += (samples[i] ?? 0) ** 2;
  return sum / (to - from);
}

/** The clip in noise of `noiseDb` dBov (undefined: digital silence), somewhere between two packets, through the codec. */
export function channelOf(clip: KnownClip, noiseDb: number | undefined, codec: Codec, seed: number): KnownChannel {
  const dice = chance(seed);
  const lead = Math.round((LEAD_MS * RATE) / 1000 + dice.between(0, 160));
  const rms = noiseDb === undefined ? 0 : 10 ** (noiseDb / 20);
  const mixed = Int16Array.from({ length: lead + clip.samples.length + (LEAD_MS * RATE) / 1000 }, (_, i) => {
    const value = (clip.samples[i - lead] ?? 0) + (rms > 0 ? rms * dice.normal() : 0);
    return Math.max(-32768, Math.min(32767, Math.round(value * 32768)));
  });
  const { onset, stop, end } = clip;
  const agent = decodeG711(codec, encodeG711(codec, mixed));
  return { agent, onset: onset + lead, stop: stop + lead, end: end + lead };
}
