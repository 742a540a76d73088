import type { Pcm } from '../../../harness/model/audio.ts';
import { chance, hashSeed } from '../../../harness/model/seed.ts';
import type { Voice } from '../../../harness/model/speech.ts';
import { makeClip } from '../../../harness/render/clip.ts';
import { makeSound } from '../../../harness/render/sounds.ts';
import { resonate, telephoneBand } from '../../../harness/speech/dsp/filter.ts';
import { dbToGain, rmsDb } from '../../../harness/speech/dsp/level.ts';
import { toPcm } from '../../../harness/speech/dsp/samples.ts';

/** What somebody does while the agent speaks. */
export type EventKind = 'interruption' | 'backchannel' | 'cough' | 'laugh' | 'noise' | 'far speaker';

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

const words: Readonly<Record<'interruption' | 'backchannel' | 'far speaker', readonly string[]>> = {
  interruption: [
    'wait',
    'hold on please',
    'sorry, how much is that going to be',
    'no no, i said wednesday at four',
    'i have a question',
    'thursday',
    'before you go on, is there parking near the office',
    'one thing, what are your hours',
    'excuse me',
    'my insurance changed last month and i wanted to tell you',
  ],
  backchannel: ['uh huh', 'okay', 'right', 'i see', 'yeah', 'mm hmm', 'got it', 'sure'],
  'far speaker': ['have you seen my keys they were on the table', 'can i get two coffees and the soup please'],
};

/** The caller, who says `words`; somebody far away has another voice. */
export interface Cast {
  readonly voice: Voice;
  readonly name: string;
  readonly farName: string;
}

/** The `nth` event of its kind. Same cast and number, same samples. */
export async function makeEvent(kind: EventKind, nth: number, cast: Cast): Promise<SoundedEvent> {
  const dice = chance(hashSeed(kind, nth));
  if (kind === 'cough') return sounded(kind, makeSound('cough', dice.between(180, 500), RATE), -23);
  if (kind === 'laugh') return sounded(kind, laugh(dice.between(350, 1100), nth), -27);
  if (kind === 'noise') return sounded(kind, makeSound('bang', dice.between(100, 600), RATE), -22);
  const said = words[kind][nth % words[kind].length] ?? '';
  const far = kind === 'far speaker';
  const gainDb = far ? FAR_DB : kind === 'backchannel' ? dice.between(-6, 0) : dice.between(-2, 3);
  const choice = { engine: 'flite', name: far ? cast.farName : cast.name, rate: dice.between(0.95, 1.15) };
  const clip = await makeClip([{ say: said }], { gainDb }, { voice: cast.voice, choice });
  return { kind, what: said, samples: clip.samples, onsetMs: clip.onset / 8, endMs: clip.end / 8 };
}

function sounded(kind: EventKind, raw: Float32Array, levelDb: number): SoundedEvent {
  const banded = telephoneBand(raw, RATE);
  const gain = dbToGain(levelDb - rmsDb(banded));
  const lengthMs = (raw.length * 1000) / RATE;
  const samples = toPcm(banded.map((value) => value * gain));
  return { kind, what: `${Math.round(lengthMs)} ms`, samples, onsetMs: 0, endMs: lengthMs };
}

/** Puffs of breath, each with a falling voice behind it, through an open throat. */
function laugh(lengthMs: number, nth: number): Float32Array {
  const dice = chance(hashSeed('laugh', nth));
  const length = Math.round((lengthMs * RATE) / 1000);
  const puff = (dice.between(170, 230) * RATE) / 1000;
  const pitch = dice.between(140, 300);
  let phase = 0;
  const throat = Float32Array.from({ length }, (_, i) => {
    const at = (i % puff) / puff;
    phase = (phase + (pitch * (1.15 - 0.3 * (i / length))) / RATE) % 1;
    const breath = 0.35 * dice.normal() * Math.sin(Math.PI * at);
    const voiced = at > 0.3 && at < 0.75 ? Math.sin((Math.PI * (at - 0.3)) / 0.45) * (2 * phase - 1) : 0;
    return (breath + voiced) * Math.exp((-0.9 * i) / length);
  });
  const formants = [750, 1250, 2500].map((centre) => resonate(throat, RATE, centre, 6));
  return throat.map((value, i) => 0.05 * value + formants.reduce((sum, band) => sum + (band[i] ?? 0), 0));
}
