import { PHONE_RATE, type Pcm } from '../../../harness/model/audio.ts';
import { chance, hashSeed } from '../../../harness/model/seed.ts';
import type { Voice } from '../../../harness/model/speech.ts';
import { makeClip } from '../../../harness/render/clip.ts';
import { makeSound } from '../../../harness/render/sounds.ts';
import { telephoneBand } from '../../../harness/speech/dsp/filter.ts';
import { dbToGain, rmsDb } from '../../../harness/speech/dsp/level.ts';
import { resample } from '../../../harness/speech/dsp/resample.ts';
import { toFloats, toPcm } from '../../../harness/speech/dsp/samples.ts';
import type { EventKind, Half, Speaker } from './halves.ts';
import { laugh } from './laugh.ts';

/** Something that sounds over the agent, at 8 kHz. */
export interface SoundedEvent {
  readonly kind: EventKind;
  readonly what: string;
  readonly samples: Pcm;
  /** First audible instant, and the last, ms from its first sample. */
  readonly onsetMs: number;
  readonly endMs: number;
}

const RATE = 8000;
/** A second speaker is this much below the caller. */
const FAR_DB = -15;

/** Who is on the line, and who is across the room. */
export interface Cast {
  readonly voice: Voice;
  readonly half: Half;
  readonly caller: Speaker;
  readonly far: Speaker;
}

/** The `nth` event of its kind. Same cast and number, same samples. */
export async function makeEvent(kind: EventKind, nth: number, cast: Cast): Promise<SoundedEvent> {
  const { half } = cast;
  const dice = chance(hashSeed(kind, half.name, nth));
  if (kind === 'cough') return sounded(kind, makeSound('cough', dice.between(180, 500), RATE), -23);
  if (kind === 'laugh') return sounded(kind, laugh(half, nth, dice.between(350, 1100), RATE), -27);
  if (kind === 'noise') return sounded(kind, makeSound('bang', dice.between(100, 600), RATE), -22);
  if (kind === 'nothing') return { kind, what: '', samples: new Int16Array(RATE / 2), onsetMs: 0, endMs: 500 };
  const words = half.words[kind];
  const text = words[nth % words.length] ?? '';
  const far = kind === 'far speaker';
  const gainDb = far ? FAR_DB : kind === 'backchannel' ? dice.between(-6, 0) : dice.between(-2, 3);
  const rate = dice.between(0.95, 1.15);
  return { kind, what: text, ...(await say(cast.voice, far ? cast.far : cast.caller, { text, gainDb, rate })) };
}

/** `text` as `speaker` says it, and where it can be heard. */
export async function say(
  voice: Voice,
  { name, size }: Speaker,
  { text, gainDb, rate }: { readonly text: string; readonly gainDb: number; readonly rate: number },
): Promise<Pick<SoundedEvent, 'samples' | 'onsetMs' | 'endMs'>> {
  const choice = { engine: 'flite', name, rate: rate / size };
  const clip = await makeClip([{ say: text }], { gainDb }, { voice, choice, rate: PHONE_RATE });
  const samples = toPcm(resample(toFloats(clip.samples), Math.round(RATE * size), RATE));
  return { samples, onsetMs: clip.onset / 8 / size, endMs: clip.end / 8 / size };
}

function sounded(kind: EventKind, raw: Float32Array, levelDb: number): SoundedEvent {
  const banded = telephoneBand(raw, RATE);
  const gain = dbToGain(levelDb - rmsDb(banded));
  const lengthMs = (raw.length * 1000) / RATE;
  const samples = toPcm(banded.map((value) => value * gain));
  return { kind, what: `${Math.round(lengthMs)} ms`, samples, onsetMs: 0, endMs: lengthMs };
}
