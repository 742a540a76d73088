import { MASTER_RATE } from '../model/audio.ts';
import type { WordTime } from '../model/audio.ts';
import { UsageError } from '../model/errors.ts';
import type { Manner, Piece } from '../model/plan.ts';
import type { Voice, VoiceChoice } from '../model/speech.ts';
import { AUDIBLE_DEPTH_DB, audibleBounds } from '../speech/dsp/bounds.ts';
import { dbToGain, levelled, rmsDb, speechLevel } from '../speech/dsp/level.ts';
import { resample } from '../speech/dsp/resample.ts';
import { toFloats } from '../speech/dsp/samples.ts';
import { MUMBLE_RATE, mumble } from './mumble.ts';
import { phoneBand } from './phone.ts';
import { makeSound } from './sounds.ts';

/** Something that sounds, at the phone's rate, with its audible bounds in samples and its words in ms. */
export interface Part {
  readonly text: string;
  readonly samples: Float32Array;
  readonly onset: number;
  readonly end: number;
  readonly words: readonly WordTime[];
}

/** Who says it, and how. */
export interface Speaker {
  readonly voice: Voice | undefined;
  readonly choice: VoiceChoice;
  /** Samples in a second of the phone she speaks into. */
  readonly rate: number;
}

/** Makes the sound of a piece that is not a pause. Its level is right after band-limiting to the phone's band. */
export async function makePart(
  piece: Exclude<Piece, { pauseMs: number }>,
  manner: Manner,
  speaker: Speaker,
): Promise<Part> {
  const { rate } = speaker;
  const gain = dbToGain(manner.gainDb ?? 0);
  if ('sound' in piece) {
    const samples = makeSound(piece.sound, piece.lengthMs, rate).map((value) => value * gain);
    return { text: '', samples, ...boundsOf({ samples, rate }, rmsDb(samples), piece.sound), words: [] };
  }
  const { samples: spoken, words } = await speak(piece, manner, speaker);
  const phone = phoneBand(resample(toFloats(spoken), MASTER_RATE, rate), rate);
  const said = manner.mumbled ? mumble(phone, rate) : levelled(phone, rate);
  const samples = said.map((value) => value * gain);
  const bounds = boundsOf({ samples, rate }, speechLevel(samples, rate).activeDb, `"${piece.say}"`);
  return { text: piece.say, samples, ...bounds, words };
}

async function speak({ say, by }: Extract<Piece, { say: string }>, manner: Manner, { voice, choice }: Speaker) {
  if (!voice) {
    throw new UsageError(
      `The plan speaks with the voice "${choice.engine}", which is not there; \`hangup doctor\` says how to add it`,
    );
  }
  const rate = manner.mumbled ? choice.rate * MUMBLE_RATE : choice.rate;
  return voice.speak(say, { ...choice, rate, ...(by === undefined ? {} : { name: by }) });
}

function boundsOf({ samples, rate }: Pick<Part & Speaker, 'samples' | 'rate'>, activeDb: number, what: string) {
  const bounds = audibleBounds(samples, rate, activeDb - AUDIBLE_DEPTH_DB);
  if (!bounds) throw new UsageError(`Nothing can be heard of ${what}; give the line words that can be spoken`);
  return bounds;
}
